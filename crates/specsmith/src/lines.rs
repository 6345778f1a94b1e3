//! Lines of a file, one record each, without holding more than one of them.

use std::io::{self, BufRead};

/// One line that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Which line of the file, from 1.
    pub number: u64,
    /// Where it begins, in bytes from the start of the file.
    pub offset: u64,
    /// How many bytes it has, its line break and the blank lines before it among them.
    pub length: u64,
    /// The line without its line break; `None` if it is longer than the limit.
    pub bytes: Option<&'a [u8]>,
}

/// Reads lines up to a length.
pub struct Lines<R> {
    reader: R,
    limit: usize,
    number: u64,
    offset: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `limit` bytes.
    pub fn new(reader: R, limit: usize) -> Self {
        Self {
            reader,
            limit,
            number: 0,
            offset: 0,
            buffer: Vec::new(),
        }
    }

    /// The next line that is not blank.
    ///
    /// # Errors
    /// If the file cannot be read on.
    pub fn read(&mut self) -> io::Result<Option<Line<'_>>> {
        let begin = self.offset;
        loop {
            let offset = self.offset;
            self.buffer.clear();
            let length = self.read_line()?;
            if length == 0 {
                return Ok(None);
            }
            self.number += 1;
            self.offset += length;
            let too_long = self.buffer.len() > self.limit;
            if too_long || !specsmith_json::is_blank(&self.buffer) {
                return Ok(Some(Line {
                    number: self.number,
                    offset,
                    length: self.offset - begin,
                    bytes: (!too_long).then_some(self.buffer.as_slice()),
                }));
            }
        }
    }

    /// Reads up to and with the next line break; keeps one byte more than the limit at most.
    fn read_line(&mut self) -> io::Result<u64> {
        let mut length = 0;
        loop {
            let available = match self.reader.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if available.is_empty() {
                return Ok(length);
            }
            let line_break = memchr::memchr(b'\n', available);
            let end = line_break.unwrap_or(available.len());
            let room = (self.limit + 1).saturating_sub(self.buffer.len());
            let kept = available.get(..end.min(room)).unwrap_or_default();
            self.buffer.extend_from_slice(kept);
            let used = end + usize::from(line_break.is_some());
            self.reader.consume(used);
            length += used as u64;
            if line_break.is_some() {
                if self.buffer.last() == Some(&b'\r') {
                    self.buffer.pop();
                }
                return Ok(length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_and_long_ones_are_passed_over() {
        let text = "one\r\n\n  \n123456789\ntwo";
        let reader = io::BufReader::with_capacity(3, text.as_bytes());
        let mut lines = Lines::new(reader, 4);
        let mut seen = Vec::new();
        while let Some(line) = lines.read().expect("a line") {
            let text = line
                .bytes
                .map(|it| String::from_utf8_lossy(it).into_owned());
            seen.push((line.number, line.offset, text));
        }
        let expected = [
            (1, 0, Some("one".to_owned())),
            (4, 9, None),
            (5, 19, Some("two".to_owned())),
        ];
        assert_eq!(seen, expected);
    }
}
