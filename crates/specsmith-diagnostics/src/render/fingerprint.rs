//! Fingerprints: what stays the same about a finding when the lines around it move.

use std::collections::BTreeMap;

use crate::Finding;

use super::Base;

/// One fingerprint for each finding, 32 hexadecimal digits, no two equal: of its code, its file and
/// its pointer with the indices left out, and of its place among the findings that have these in
/// common. Lines, columns, messages and values have no part in it, so that a record put in front,
/// a value changed for one just as wrong, or a message said better leaves it as it was; and so does the
/// folder that the command was run in.
pub fn fingerprints<'f>(
    findings: impl IntoIterator<Item = &'f Finding>,
    base: &Base,
) -> Vec<String> {
    let mut seen: BTreeMap<u128, u64> = BTreeMap::new();
    findings
        .into_iter()
        .map(|finding| {
            let mut hash = kind(finding, base);
            let ordinal = seen.entry(hash).or_default();
            feed(&mut hash, &ordinal.to_le_bytes());
            *ordinal += 1;
            format!("{hash:032x}")
        })
        .collect()
}

fn kind(finding: &Finding, base: &Base) -> u128 {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    feed(&mut hash, finding.code.as_str().as_bytes());
    let file = finding.location.as_ref().map(|it| base.path(&it.file));
    feed(&mut hash, file.as_deref().unwrap_or_default().as_bytes());
    for token in finding.pointer.as_deref().unwrap_or_default().split('/') {
        let is_index = token.bytes().all(|it| it.is_ascii_digit());
        feed(&mut hash, if is_index { b"" } else { token.as_bytes() });
    }
    hash
}

/// FNV-1a of 128 bits; each field ends with a byte that UTF-8 has no use for.
fn feed(hash: &mut u128, bytes: &[u8]) {
    for byte in bytes.iter().chain(&[0xff]) {
        *hash ^= u128::from(*byte);
        *hash = hash.wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Record;
    use crate::render::fixture::nasty;

    fn prints(findings: &[Finding]) -> Vec<String> {
        fingerprints(findings, &Base::default())
    }

    #[test]
    fn lines_and_records_in_front_have_no_part_in_it() {
        let findings = nasty();
        let mut moved = findings.clone();
        for finding in &mut moved {
            if let Some(location) = &mut finding.location {
                location.line += 10;
                location.end_line += 10;
                location.byte_start += 100;
                location.byte_end += 100;
            }
            if let Some(Record { index, line, .. }) = &mut finding.record {
                *index += 1;
                *line += 10;
            }
            if let Some(pointer) = &mut finding.pointer {
                *pointer = pointer.replace("/items/1/", "/items/2/");
            }
        }
        assert_eq!(prints(&findings), prints(&moved));
    }

    #[test]
    fn what_is_said_has_no_part_in_it() {
        let findings = nasty();
        let mut said = findings.clone();
        for finding in &mut said {
            finding.message.push_str(", which is wrong");
            finding.help = None;
        }
        assert_eq!(prints(&findings), prints(&said));
    }

    #[test]
    fn code_file_and_pointer_tell_findings_apart() {
        let plain = nasty().remove(0);
        let mut other_code = plain.clone();
        other_code.code = crate::Code("schema/pattern");
        let mut other_file = plain.clone();
        if let Some(location) = &mut other_file.location {
            location.file = format!("{}x", location.file).into();
        }
        let mut other_pointer = plain.clone();
        other_pointer.pointer = Some("/items/1/phone".to_owned());
        let all = [plain.clone(), plain, other_code, other_file, other_pointer];
        let mut prints = prints(&all);
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), all.len());
    }

    #[test]
    fn one_more_of_a_kind_leaves_the_others_alone() {
        let one = nasty().remove(0);
        let before = prints(&[one.clone(), one.clone()]);
        let after = prints(&[one.clone(), one.clone(), one]);
        assert_eq!(after.get(..2), Some(before.as_slice()));
    }

    #[test]
    fn the_folder_that_we_run_in_has_no_part_in_it() {
        let mut from_root = nasty().remove(0);
        let mut from_below = from_root.clone();
        for (finding, file) in [
            (&mut from_root, "a/x.json"),
            (&mut from_below, "../a/x.json"),
        ] {
            if let Some(location) = &mut finding.location {
                location.file = file.into();
            }
        }
        let root = Base::new("/repository", "/repository");
        let below = Base::new("/repository/b", "/repository");
        assert_eq!(
            fingerprints(&[from_root], &root),
            fingerprints(&[from_below], &below)
        );
    }
}
