//! What reading and lowering refuse to exceed.

/// Bounds on what a specification may cost. Each is far above what real documents need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes one document may have.
    pub bytes: usize,
    /// How many arrays and objects may stand inside one another.
    pub depth: usize,
    /// How many values the YAML aliases of one document may add when they are written out.
    pub aliases: usize,
    /// How many documents may be read, those that references lead to included.
    pub documents: usize,
    /// How many schemas may be lowered.
    pub schemas: usize,
    /// How many findings are kept; how many more there were is said in one.
    pub findings: usize,
}

impl Default for Limits {
    /// 256 MiB, 256 levels, 1,000,000 values from aliases, 1,000 documents, 1,000,000 schemas,
    /// 1,000 findings.
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            depth: 256,
            aliases: 1_000_000,
            documents: 1_000,
            schemas: 1_000_000,
            findings: 1_000,
        }
    }
}

impl Limits {
    /// The part of the bounds that the reader of JSON knows.
    pub(crate) fn of_json(&self) -> specsmith_json::Limits {
        specsmith_json::Limits {
            depth: self.depth,
            bytes: self.bytes,
        }
    }
}
