//! Patterns against what they match.

use super::*;

#[test]
fn what_is_no_pattern_says_where_and_why() {
    for (pattern, offset, message) in [
        ("a(b", 1, "the group is not closed"),
        ("a)", 1, "`)` closes no group"),
        ("(?>a)", 0, "ECMA-262 has no group that begins like this"),
        ("a(?i)", 1, "ECMA-262 has no group that begins like this"),
        ("x[a", 1, "the class is not closed by `]`"),
        ("[z-a]", 1, "the range in the class ends before it starts"),
        ("*a", 0, "there is nothing here to repeat"),
        ("a**", 2, "there is nothing here to repeat"),
        ("^*", 1, "there is nothing here to repeat"),
        (
            "a{3,2}",
            1,
            "the repetition's limits are in the wrong order",
        ),
        ("a\\", 1, "nothing follows the backslash"),
        (r"\ha", 0, "ECMA-262 has no such escape"),
        (r"é\u12", 2, "the escape is incomplete"),
        (r"\pL", 0, "a property is written as `\\p{Name}`"),
        ("(?<1>a)", 3, "the group's name is not an identifier"),
        ("(?<a>b)(?<a>c)", 7, "another group has this name"),
        (r"(a)\2", 3, "no group has this number or name"),
        (r"\k<a>", 0, "no group has this number or name"),
    ] {
        let error = syntax::parse(pattern).expect_err(pattern);
        assert_eq!(
            (error.offset, error.to_string().as_str()),
            (offset, message),
            "{pattern}"
        );
    }
    let deep = "(".repeat(5000);
    assert_eq!(
        syntax::parse(&deep).map_err(|error| error.kind),
        Err(SyntaxErrorKind::TooDeep)
    );
}

#[test]
fn what_browsers_take_is_taken_but_is_not_strict() {
    for pattern in [
        "a]", "a}", "a{", "a{,3}", "{a}", r"[\w-.]", r"[a-\d]", "(?=a)*b", "x{1", "(?is)a",
        "(?P<n>a)", r"\Aa\z", r"a\Z",
    ] {
        assert!(syntax::parse(pattern).is_ok(), "{pattern}");
        assert!(!syntax::is_strict(pattern), "{pattern}");
    }
    for pattern in [
        r"\-\_\@\→",
        "(?<a>b)|(?<a>c)",
        r"[\]\-]",
        "a{3}",
        "a{3,}",
        "(?i-s:a)",
        "[]",
        "[^]",
    ] {
        assert!(syntax::is_strict(pattern), "{pattern}");
    }
}

#[cfg(feature = "pattern")]
mod with_engines {
    use super::*;
    use proptest::prelude::*;

    fn search(pattern: &str, text: &str) -> Match {
        Pattern::new(pattern)
            .unwrap_or_else(|error| panic!("{pattern}: {error}"))
            .search(text)
    }

    /// Each line: a pattern, texts in which it is found, texts in which it is not.
    #[test]
    fn meaning() {
        let cases: &[(&str, &[&str], &[&str])] = &[
            ("", &["", "a"], &[]),
            ("^$", &[""], &["a", "\n"]),
            ("^a$", &["a"], &["a\n", "b\na", "a\nb"]),
            (r"^\d+$", &["0123"], &["٣", "１"]),
            (r"^\w\w$", &["a_", "Z9"], &["é1"]),
            (r"^\W\w$", &["éa"], &["aa"]),
            (
                r"^a\sb$",
                &["a b", "a\u{FEFF}b", "a\u{A0}b", "a\u{2028}b"],
                &["a\u{85}b", "a\u{180E}b"],
            ),
            (r"^a\Sb$", &["a\u{85}b"], &["a\u{3000}b"]),
            (
                "^a.b$",
                &["a🦀b", "a\u{85}b"],
                &["a\nb", "a\rb", "a\u{2028}b", "ab"],
            ),
            (
                r"^\u0041\x42\u{43}\cI\0\uD83E\uDD80$",
                &["ABC\t\0🦀"],
                &["ABC"],
            ),
            (r"\uD83E", &[], &["🦀", "a"]),
            (r"[\uD800-\uDFFF]", &[], &["🦀", "a"]),
            (r"^[\uD7FF-\uE000]+$", &["\u{D7FF}\u{E000}"], &["a"]),
            ("[]", &[], &["", "a"]),
            ("^[^]$", &["\n", "🦀"], &["", "ab"]),
            (r"\bcat\b", &["a cat.", "écaté cat"], &["concat", "cat_"]),
            (r"é\bcat", &["écat"], &["é cat"]),
            (r"\Bat", &["cat"], &["at", " at"]),
            (r"^[a-z&&b]$", &["a", "&"], &["&&"]),
            (r"^[[a]]$", &["[]", "a]"], &["a", "[a]"]),
            (r"^[a~~+--b]+$", &["~-ab,"], &["c", "."]),
            (r"^[\w-.]+$", &["a-.b"], &["a b"]),
            (r"^\p{Lu}\P{Lu}$", &["Éé"], &["éÉ"]),
            (r"^[\p{L}\d-]+$", &["é-1"], &["_"]),
            (r"^\p{Script=Greek}+$", &["αβγ"], &["abc"]),
            (r"^(?i:straße)x$", &["STRAßEx", "straßex"], &["straßeX"]),
            ("(?i)^ab$", &["AB", "aB"], &["abc"]),
            (r"\A(?P<n>a|b)\k<n>\z", &["aa"], &["ab", "aab"]),
            (r"^(?s:.)$", &["\n"], &[""]),
            (
                r"(?m:^b$)",
                &["a\nb\nc", "a\rb\u{2029}c", "b"],
                &["ab", "bc"],
            ),
            (r"^(?=.*\d)(?=.*[a-z]).{4,}$", &["abc1"], &["abcd", "a1"]),
            (r"^(?!foo).*$", &["bar"], &["foobar"]),
            (r"(?<=\$)\d+", &["a $5"], &["5"]),
            (r"(?<!a)b", &["cb", "b"], &["ab"]),
            (r"(?<=a+)b", &["aab"], &["b"]),
            (r"^(a|b)\1$", &["aa", "bb"], &["ab"]),
            (r"^(?<x>a|b)-\k<x>$", &["a-a"], &["a-b"]),
            (r"^\1(a)$", &["a"], &["aa"]),
            (r"^(?:(a)|b)\1$", &["aa", "b"], &["a", "ba"]),
            (r"^(?=(a+))\1b$", &["aab"], &["aa"]),
            (r"^a{0}b$", &["b"], &["ab"]),
            (r"^(?:ab){2,3}?$", &["abab", "ababab"], &["ab", "abababab"]),
            (r"^a{1,2}{$", &["a{", "aa{"], &["a"]),
            (r"^[0-9\-\.\(\)\+]+$", &["(555)555-0100"], &["555 0100"]),
            (r"^/$", &["/"], &[""]),
            (r"^\/\#\&\~\ \<$", &["/#&~ <"], &["/"]),
        ];
        for (pattern, found, missing) in cases {
            for text in *found {
                assert_eq!(search(pattern, text), Match::Found, "{pattern} in {text:?}");
            }
            for text in *missing {
                assert_eq!(
                    search(pattern, text),
                    Match::Missing,
                    "{pattern} in {text:?}"
                );
            }
        }
    }

    #[test]
    fn extents_of_every_engine() {
        for (pattern, text, extent) in [
            ("a|ab", "ab", Extent::Whole),
            ("a|ab", "abc", Extent::Part),
            ("a|ab", "c", Extent::Nothing),
            (r"(?=a)\w+", "ab", Extent::Whole),
            (r"(?=a)\w+", "xab", Extent::Part),
            (r"(?=a)\w+", "xb", Extent::Nothing),
        ] {
            let pattern = Pattern::new(pattern).expect("a pattern");
            assert_eq!(pattern.extent(text), Some(extent), "{pattern:?} in {text}");
        }
    }

    #[test]
    fn steps_are_limited() {
        let evil = Pattern::new(r"^(?=(a|aa)+$)x|^(a|aa)+\1$").expect("a pattern");
        let text = "a".repeat(200) + "b";
        assert_eq!(evil.search(&text), Match::Undecided);
        assert_eq!(evil.extent(&text), None);
        let linear = Pattern::new(r"^(a|aa)+$").expect("a pattern");
        assert_eq!(linear.search(&text), Match::Missing);
    }

    #[test]
    fn what_the_engine_refuses_is_an_error() {
        assert_eq!(
            Pattern::new(r"\p{Nonsense}").map(drop),
            Err(PatternError::Refused)
        );
        assert_eq!(
            Pattern::new(r"(?:\p{L}{500}){500}").map(drop),
            Err(PatternError::Refused)
        );
        let deep = "(".repeat(900) + "a|b" + &")".repeat(900);
        assert_eq!(search(&deep, "b"), Match::Found);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn runs_are_decided_as_the_engine_decides_them(
            class in prop::sample::select(vec!["[a-c]", "[^a-c]", "é", r"\w", ".", r"[\dé]", r"\S", "[]", "[^]"]),
            times in prop::sample::select(vec!["", "*", "+", "?", "{2}", "{2,}", "{2,3}", "{0}", "+?"]),
            start in prop::sample::select(vec!["", "^"]),
            end in prop::sample::select(vec!["", "$"]),
            text in "[abcdé1 \n]{0,5}",
        ) {
            let pattern = format!("{start}{class}{times}{end}");
            let tree = syntax::parse(&pattern).expect("a pattern");
            let run = ClassRun::of(&tree).expect("a run");
            let engine = Pattern { engine: compile(&tree, STEPS).expect("a pattern") };
            prop_assert_eq!(Match::of(run.is_match(&text)), engine.search(&text), "{}", pattern);
            prop_assert_eq!(Some(run.extent(&text)), engine.extent(&text), "{}", pattern);
        }

        #[test]
        fn no_text_breaks_the_reader(pattern in "[\\^$.*+?()\\[\\]{}|,a-d0-3<>=!:imspukbBdDwW&~é-]{0,24}", text in "[a-d\n]{0,6}") {
            if let Ok(tree) = syntax::parse(&pattern) {
                let reads = Pattern::new(&pattern);
                prop_assert!(reads.is_ok() || matches!(reads, Err(PatternError::Refused)), "{}", pattern);
                if let Ok(pattern) = reads {
                    pattern.search(&text);
                }
                let _ = ClassRun::of(&tree);
            }
        }
    }
}
