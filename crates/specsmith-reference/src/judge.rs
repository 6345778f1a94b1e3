//! The judge: built once from a specification, then asked about one record after another.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::{Draft, PatternOptions, Registry, ValidationError, Validator};
use specsmith_diagnostics::{Code, Finding, Mistake};
use specsmith_ir::Direction;
use specsmith_json::{Limits, Node, Reading, Span, pointer};
use specsmith_source::Specification;

use crate::documents::{Documents, Place};
use crate::mistakes;
use crate::rewrite::{Rewritten, rewrite};
use crate::room::{with_room, with_room_for};
use crate::target::Target;
use crate::tree::Tree;
use crate::{circles, ecma, exact, finding, grammar};

/// What the judge refuses to exceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Of the text of a record.
    pub limits: Limits,
    /// How many steps a pattern that needs backtracking may take on one string; a pattern that
    /// takes more is undecided, which is a mistake (`limit/pattern-steps`).
    pub pattern_steps: usize,
}

impl Default for Options {
    /// The limits of reading, and a million steps.
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            pattern_steps: 1_000_000,
        }
    }
}

/// One schema of a specification, ready to judge by.
pub struct Reference<'a> {
    documents: Documents<'a>,
    validator: Validator<Tree>,
    /// The places of the entries of `$defs` in the rewritten documents, by their name there.
    entries: Vec<Place>,
    /// Of the schemas under `contains` whose fits are counted.
    counters: BTreeMap<Place, Validator<Tree>>,
    options: Options,
}

impl<'a> Reference<'a> {
    /// Gets ready to judge by `target`, for values that travel in `direction`.
    ///
    /// # Errors
    /// If there is no such target, or if something that is reached from it cannot be judged by:
    /// a reference that leads nowhere, a pattern that is none. At least one finding, each with its
    /// place in the specification where it has one.
    pub fn new(
        specification: &'a Specification,
        target: &Target,
        direction: Direction,
    ) -> Result<Self, Vec<Finding>> {
        Self::with_options(specification, target, direction, Options::default())
    }

    /// The same, with other limits.
    ///
    /// # Errors
    /// As [`Reference::new`].
    pub fn with_options(
        specification: &'a Specification,
        target: &Target,
        direction: Direction,
        options: Options,
    ) -> Result<Self, Vec<Finding>> {
        with_room(|| Self::build(specification, target, direction, options))
    }

    fn build(
        specification: &'a Specification,
        target: &Target,
        direction: Direction,
        options: Options,
    ) -> Result<Self, Vec<Finding>> {
        let documents = Documents::new(specification);
        let root = target
            .locate(&documents)
            .map_err(|what| vec![finding::unknown_target(&what)])?;
        let rewritten = rewrite(&documents, &root, direction)?;
        if circles::of_choices(&rewritten) {
            let words = "it leads back to itself by way of a choice, about the same value";
            return Err(vec![finding::unusable_schema(words)]);
        }
        match engine(&rewritten, options) {
            Ok((validator, counters)) => Ok(Self {
                documents,
                validator,
                entries: rewritten.entries,
                counters,
                options,
            }),
            Err(error) => {
                let mut findings = bad_patterns(&documents, &rewritten.entries);
                if findings.is_empty() {
                    findings.push(finding::unusable_schema(&error.to_string()));
                }
                Err(findings)
            }
        }
    }

    /// Everything that is wrong with a record, in the order in which it stands there.
    ///
    /// A text that is no JSON has one mistake. Duplicate keys are mistakes; of the values of a key
    /// the first is judged.
    pub fn judge(&self, record: &[u8]) -> Vec<Mistake> {
        let reading = specsmith_json::read(record, &self.options.limits);
        let mut mistakes = mistakes_of_reading(&reading);
        if let Some(root) = &reading.root {
            mistakes.extend(self.judge_node(root));
            sort(&mut mistakes);
        }
        mistakes
    }

    /// What is wrong with a value that was read already, places counted in the text that it was
    /// read from.
    pub fn judge_node(&self, root: &Node) -> Vec<Mistake> {
        let mut mistakes = with_room_for(root, || mistakes::of_value(self, root));
        sort(&mut mistakes);
        mistakes
    }

    /// Whether nothing is wrong with a record: it is JSON without duplicate keys, and the schema
    /// accepts it. A byte order mark is passed over.
    pub fn verdict(&self, record: &[u8]) -> bool {
        let reading = specsmith_json::read(record, &self.options.limits);
        let broken = mistakes_of_reading(&reading)
            .iter()
            .any(|mistake| mistake.code != BYTE_ORDER_MARK);
        match &reading.root {
            Some(root) => !broken && with_room_for(root, || self.validator.is_valid(root)),
            None => false,
        }
    }

    pub(crate) fn documents(&self) -> &Documents<'a> {
        &self.documents
    }

    pub(crate) fn validator(&self) -> &Validator<Tree> {
        &self.validator
    }

    /// The place of an entry of `$defs`.
    pub(crate) fn entry(&self, number: usize) -> Option<&Place> {
        self.entries.get(number)
    }

    /// How many items fit the schema under a `contains`.
    pub(crate) fn fitting(&self, contains: &Place, items: &[Node]) -> Option<u64> {
        let counter = self.counters.get(contains)?;
        Some(items.iter().filter(|item| counter.is_valid(item)).count() as u64)
    }
}

const BYTE_ORDER_MARK: Code = Code("json/byte-order-mark");
const DUPLICATE_KEY: Code = Code("json/duplicate-key");

/// The validator of the schema asked for, and those of the schemas that are counted by.
type Built = (Validator<Tree>, BTreeMap<Place, Validator<Tree>>);

fn engine(rewritten: &Rewritten, options: Options) -> Result<Built, ValidationError<'static>> {
    let documents = rewritten.documents.iter();
    let documents = documents.map(|(uri, schema)| (uri, DRAFT.create_resource_ref(schema)));
    let registry = Registry::new().draft(DRAFT).extend(documents)?.prepare()?;
    let patterns = PatternOptions::fancy_regex().backtrack_limit(options.pattern_steps);
    let settings = exact::with_keywords(jsonschema::options_for::<Tree>())
        .with_draft(DRAFT)
        .with_base_uri("specsmith:///root")
        .with_registry(&registry)
        .should_validate_formats(true)
        .with_format("email", is_email)
        .with_pattern_options(patterns)
        .offline();
    let by = |uri: &str| settings.build(&serde_json::json!({ "$ref": uri }));
    let counters = rewritten.counted.iter();
    let counters = counters.map(|(place, uri)| Ok((place.clone(), by(uri)?)));
    Ok((
        by(&rewritten.root)?,
        counters.collect::<Result<_, ValidationError<'static>>>()?,
    ))
}

/// What the engine takes for an address, but none with a display name: RFC 5321 has none.
fn is_email(text: &str) -> bool {
    static EMAIL: LazyLock<Option<Validator>> = LazyLock::new(|| {
        let settings = jsonschema::options().should_validate_formats(true);
        let format = serde_json::json!({ "format": "email" });
        settings.with_draft(DRAFT).build(&format).ok()
    });
    let validator = EMAIL.as_ref();
    !text.contains(" <") && validator.is_some_and(|it| it.is_valid(&text.into()))
}

/// What the documents of both dialects are rewritten to.
const DRAFT: Draft = Draft::Draft202012;

/// The patterns among what was reached that the crate does not take.
fn bad_patterns(documents: &Documents<'_>, entries: &[Place]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in entries {
        let (Some(document), Some(found)) =
            (documents.document(entry.document), documents.find(entry))
        else {
            continue;
        };
        let mut open = vec![(entry.pointer.clone(), found.node)];
        while let Some((at, schema)) = open.pop() {
            let pattern = schema.get("pattern");
            let pattern = pattern.and_then(|it| Some((it.as_str()?, it.span)));
            let keys = schema.get("patternProperties").and_then(Node::as_object);
            let keys = keys.into_iter().flatten();
            let keys = keys.map(|member| (&*member.key, member.key_span));
            let all = pattern.into_iter().chain(keys);
            for (pattern, span) in all.filter(|(it, _)| ecma::is_pattern(it)) {
                let schema = serde_json::json!({ "pattern": ecma::translated(pattern) });
                if jsonschema::draft202012::new(&schema).is_err() && seen.insert((entry, span)) {
                    let sources = &documents.specification.sources;
                    findings.push(finding::invalid_pattern(document.span(span), &at, sources));
                }
            }
            for (way, child) in grammar::children(document.dialect, schema)
                .into_iter()
                .rev()
            {
                open.push((format!("{at}{way}"), child));
            }
        }
    }
    findings
}

/// What reading alone finds wrong.
fn mistakes_of_reading(reading: &Reading) -> Vec<Mistake> {
    let range = |span: Span| u64::from(span.start)..u64::from(span.end);
    let faults = reading.faults.iter().map(|fault| Mistake {
        help: fault.kind.help().map(str::to_owned),
        ..Mistake::new(Code(fault.code()), fault.to_string(), range(fault.span))
    });
    let duplicates = reading.duplicates.iter().map(|duplicate| {
        let message = "the object has this property already";
        let first = range(duplicate.first);
        Mistake {
            help: Some("keep one of the two".to_owned()),
            pointer: duplicate.pointer.clone(),
            related: vec![("it stands here first".to_owned(), first)],
            ..Mistake::new(DUPLICATE_KEY, message, range(duplicate.key))
        }
    });
    faults.chain(duplicates).collect()
}

/// By place, then by anything that tells two mistakes of one place apart.
fn sort(mistakes: &mut Vec<Mistake>) {
    mistakes.sort_by(|one, two| {
        let key = |it: &Mistake| (it.bytes.start, it.bytes.end, it.code, it.spec);
        key(one)
            .cmp(&key(two))
            .then_with(|| one.message.cmp(&two.message))
    });
    mistakes.dedup_by(|later, earlier| {
        later.bytes == earlier.bytes
            && later.code == earlier.code
            && later.message == earlier.message
    });
}

/// The last step of a pointer, unescaped.
pub(crate) fn last_token(at: &str) -> Option<String> {
    let (_, token) = at.rsplit_once('/')?;
    pointer::unescape(token).map(std::borrow::Cow::into_owned)
}
