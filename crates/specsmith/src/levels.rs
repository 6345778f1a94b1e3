//! Levels: how grave each code is in this run.

use std::collections::BTreeMap;

use specsmith_diagnostics::{Code, CodeInfo, Finding, Level};

use crate::codes;

/// What was asked for, by code or by area (`lint`); a code beats its area, and a later setting
/// beats an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    set: BTreeMap<String, Level>,
}

/// Why a level cannot be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// One clause, which stands beside the name.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Levels {
    /// Sets the level of a code or of a whole area.
    ///
    /// # Errors
    /// If there is no such code, or if it may not be reported below deny.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), Refused> {
        if is_area(name) {
            // `lint`, `attribute`: areas in which every level may be chosen.
            if level < Level::Deny && !codes::all().iter().all(|it| lowers(name, it)) {
                return Err(Refused {
                    message: "the codes of this area cannot be lowered all together".to_owned(),
                    help: Some("name the codes".to_owned()),
                });
            }
        } else {
            let Some(info) = codes::find(name) else {
                let near = codes::near(name);
                return Err(Refused {
                    message: "there is no such code".to_owned(),
                    help: near.map(|near| format!("did you mean `{near}`?")),
                });
            };
            if level < info.level && !may_be_lowered(info.code) {
                return Err(Refused {
                    message: "this code cannot be lowered".to_owned(),
                    help: Some("what cannot be read cannot be accepted".to_owned()),
                });
            }
        }
        self.set.insert(name.to_owned(), level);
        Ok(())
    }

    /// Takes over settings that beat those made so far.
    pub fn extend(&mut self, later: &Levels) {
        for (name, level) in &later.set {
            // A later setting of an area beats earlier ones of its codes.
            if is_area(name) {
                let area = format!("{name}/");
                self.set.retain(|code, _| !code.starts_with(&area));
            }
            self.set.insert(name.clone(), *level);
        }
    }

    /// The level of a code in this run.
    pub fn of(&self, code: Code) -> Level {
        self.chosen(code).unwrap_or_else(|| default_of(code))
    }

    /// The level of a finding in this run: what was asked for, else the level it was raised with.
    pub fn of_finding(&self, finding: &Finding) -> Level {
        self.chosen(finding.code).unwrap_or(finding.level)
    }

    /// The codes of rules that are reported below their own level.
    pub fn lowered(&self) -> Vec<Code> {
        codes::all()
            .iter()
            .filter(|it| it.code.area() == "schema" && self.of(it.code) < it.level)
            .map(|it| it.code)
            .collect()
    }

    /// The settings, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Level)> {
        self.set.iter().map(|(name, level)| (name.as_str(), *level))
    }

    fn chosen(&self, code: Code) -> Option<Level> {
        self.set
            .get(code.as_str())
            .or_else(|| self.set.get(code.area()))
            .copied()
    }
}

/// The level of a code unless something else was asked for.
pub fn default_of(code: Code) -> Level {
    codes::find(code.as_str()).map_or(Level::Deny, |it| it.level)
}

fn is_area(name: &str) -> bool {
    !name.contains('/') && codes::all().iter().any(|it| it.code.area() == name)
}

fn lowers(area: &str, info: &CodeInfo) -> bool {
    info.code.area() != area || may_be_lowered(info.code)
}

/// Whether a code may be reported below its own level.
pub fn may_be_lowered(code: Code) -> bool {
    match code.area() {
        "schema" | "lint" | "attribute" | "model" | "spec" => true,
        "json" => matches!(code.as_str(), "json/duplicate-key" | "json/byte-order-mark"),
        // What stands in nobody's way by itself may be switched off.
        _ => default_of(code) < Level::Deny,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(settings: &[(&str, Level)]) -> Result<Levels, Refused> {
        let mut levels = Levels::default();
        for (name, level) in settings {
            levels.set(name, *level)?;
        }
        Ok(levels)
    }

    #[test]
    fn defaults_stand_where_nothing_was_asked_for() {
        let levels = Levels::default();
        assert_eq!(levels.of(Code("schema/pattern")), Level::Deny);
        assert_eq!(levels.of(Code("json/byte-order-mark")), Level::Warn);
        assert_eq!(levels.of(Code("lint/unknown-property")), Level::Warn);
    }

    #[test]
    fn a_code_beats_its_area() {
        let settings = [("lint/missing-items", Level::Warn), ("lint", Level::Allow)];
        let levels = levels(&settings).expect("levels");
        assert_eq!(levels.of(Code("lint/missing-items")), Level::Warn);
        assert_eq!(levels.of(Code("lint/unknown-property")), Level::Allow);
    }

    #[test]
    fn broken_json_cannot_be_lowered() {
        let refused = |name: &str| levels(&[(name, Level::Allow)]).err().map(|it| it.message);
        assert_eq!(
            refused("json/truncated").as_deref(),
            Some("this code cannot be lowered")
        );
        assert_eq!(refused("json/duplicate-key"), None);
        assert_eq!(refused("config/stale-baseline"), None);
        assert_eq!(refused("yaml/not-finite"), None);
        assert!(refused("yaml/syntax").is_some());
        assert!(refused("json").is_some());
        assert_eq!(refused("schema"), None);
    }

    #[test]
    fn an_unknown_code_is_refused_with_the_nearest() {
        let refused = levels(&[("schema/max-lenght", Level::Warn)]).expect_err("no such code");
        assert_eq!(
            refused.help.as_deref(),
            Some("did you mean `schema/max-length`?")
        );
    }

    #[test]
    fn what_is_lowered_is_told() {
        let levels = levels(&[("schema/pattern", Level::Warn)]).expect("levels");
        assert_eq!(levels.lowered(), [Code("schema/pattern")]);
    }
}
