//! Doc comments: the tokens of an item hold their numbers, and its text their lines.
//!
//! A third of the lines that are written are comments. As tokens, each of their lines would be made a
//! literal, read again and set anew, to come out as it went in.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;

/// The doc comments of the item that is being written.
#[derive(Debug, Default)]
pub(crate) struct Comments(RefCell<Vec<Vec<String>>>);

impl Comments {
    /// What stands in the tokens for a comment of those lines.
    pub(crate) fn stand_in(&self, lines: Vec<String>) -> TokenStream {
        if lines.is_empty() {
            return TokenStream::new();
        }
        let mut comments = self.0.borrow_mut();
        // Comments that are written out begin with a space, or are empty.
        let number = comments.len().to_string();
        comments.push(lines);
        quote! { #[doc = #number] }
    }

    /// The text of those tokens with the comments in it. From then on there are none.
    pub(crate) fn filled_in(&self, text: &str) -> String {
        let comments = self.0.take();
        let mut out = String::with_capacity(text.len() * 2);
        for line in text.lines() {
            let numbered = line.split_once("///").and_then(|(indent, number)| {
                let number: usize = number.parse().ok()?;
                Some((indent, comments.get(number)?))
            });
            match numbered {
                Some((indent, lines)) => lines.iter().for_each(|line| {
                    out.push_str(indent);
                    out.push_str("///");
                    if !line.is_empty() {
                        out.push(' ');
                        out.push_str(line);
                    }
                    out.push('\n');
                }),
                None => {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stand_where_their_numbers_stood() {
        let comments = Comments::default();
        let lines = |lines: &[&str]| lines.iter().map(|it| (*it).to_owned()).collect();
        let first = comments.stand_in(lines(&["One.", "", "/// 1"]));
        let second = comments.stand_in(lines(&["Two."]));
        assert!(comments.stand_in(Vec::new()).is_empty());
        assert_eq!(first.to_string(), "# [doc = \"0\"]");
        assert_eq!(second.to_string(), "# [doc = \"1\"]");
        let text = "///0\nstruct A {\n    ///1\n    /// 1\n    ///\n    ///7\n    b: u8,\n}\n";
        assert_eq!(
            comments.filled_in(text),
            "/// One.\n///\n/// /// 1\nstruct A {\n    /// Two.\n    /// 1\n    ///\n    ///7\n    b: u8,\n}\n"
        );
        assert_eq!(comments.filled_in("///0\n"), "///0\n");
    }
}
