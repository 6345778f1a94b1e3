//! The files that are measured: each entity in each hand, as lines and as batches.

use std::fs::File;
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use specsmith_plan::bench::{self, Entity, Form, Variant};

/// A file to measure with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Corpus {
    pub(crate) entity: Entity,
    pub(crate) variant: Variant,
    pub(crate) form: Form,
}

/// So many items in a batch as the API takes at most.
pub(crate) const BATCH: Form = Form::Batches(1000);

impl Corpus {
    /// Valid records, one a line.
    pub(crate) fn plain(entity: Entity) -> Self {
        Self {
            entity,
            variant: Variant::Plain,
            form: Form::Lines,
        }
    }

    /// All that are measured.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for entity in Entity::ALL {
            for variant in Variant::ALL {
                all.push(Self {
                    variant,
                    ..Self::plain(entity)
                });
            }
            for form in [BATCH, Form::OneBatch] {
                all.push(Self {
                    form,
                    ..Self::plain(entity)
                });
            }
        }
        all
    }

    /// `conversation plain, lines`.
    pub(crate) fn label(self) -> String {
        let form = match self.form {
            Form::Lines => "lines",
            Form::Batches(_) => "batches",
            Form::OneBatch => "one batch",
        };
        format!("{} {}, {form}", self.entity.name(), self.variant.name())
    }

    /// The operation that takes such records.
    pub(crate) fn operation(self) -> &'static str {
        match (self.entity, self.form) {
            (Entity::Agent, Form::Lines) => "singleAgentMetadata",
            (Entity::Conversation, Form::Lines) => "singleConvoMetadata",
            (Entity::Customer, Form::Lines) => "singleCustomerMetadata",
            (Entity::Agent, Form::Batches(_) | Form::OneBatch) => "manyAgentMetadata",
            (Entity::Conversation, Form::Batches(_) | Form::OneBatch) => "manyConversationMetadata",
            (Entity::Customer, Form::Batches(_) | Form::OneBatch) => "manyCustomerMetadata",
        }
    }

    /// Where the file is, in that folder.
    pub(crate) fn path(self, folder: &Path) -> PathBuf {
        let ending = match self.form {
            Form::Lines => ".ndjson",
            Form::Batches(_) => "-batches.ndjson",
            Form::OneBatch => "-batch.json",
        };
        folder.join(format!(
            "{}-{}{ending}",
            self.entity.name(),
            self.variant.name()
        ))
    }

    /// Writes the file; the same bytes each time. One that is there is written anew.
    pub(crate) fn make(self, folder: &Path, bytes: u64) -> io::Result<()> {
        let path = self.path(folder);
        let partial = path.with_extension("partial");
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&partial)?);
        bench::write(self.entity, self.variant, self.form, 7, bytes, &mut out)?;
        out.into_inner()?.sync_all()?;
        std::fs::rename(partial, &path)?;
        Ok(())
    }
}

/// Has the system let go of what it has of a file in memory, and read it from disk. How it keeps a
/// file, in large pieces or in pages of 4 KiB, is chance where it was written, and reading the latter
/// takes three times as long; what was kept for minutes is slower by a third on some machines. Read
/// by the megabyte it comes in large pieces.
pub(crate) fn read_anew(path: &Path) -> io::Result<()> {
    let_go(path);
    let mut file = File::open(path)?;
    let mut piece = vec![0; 1 << 20];
    while file.read(&mut piece)? > 0 {}
    Ok(())
}

/// Lets go of what the system has of a file in memory, where there is a `dd` that can.
fn let_go(path: &Path) {
    let mut of = std::ffi::OsString::from("of=");
    of.push(path);
    let mut dd = Command::new("dd");
    dd.arg(of)
        .args(["oflag=nocache", "conv=notrunc,fdatasync", "count=0"]);
    // Without it the figures are as good as chance has it.
    let _ = dd.stdout(Stdio::null()).stderr(Stdio::null()).status();
}
