//! Fingerprints: what stays the same about a finding when the lines around it move.

use std::collections::BTreeMap;

use crate::Finding;

/// One fingerprint for each finding: of its code, file, record and pointer, and of its place among
/// those that have all of these in common. Lines and columns have no part in it.
pub fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut seen: BTreeMap<u128, u64> = BTreeMap::new();
    findings
        .iter()
        .map(|finding| {
            let base = base(finding);
            let ordinal = seen.entry(base).or_default();
            let mut hash = base;
            feed(&mut hash, &ordinal.to_le_bytes());
            *ordinal += 1;
            format!("{hash:032x}")
        })
        .collect()
}

fn base(finding: &Finding) -> u128 {
    let mut hash = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    feed(&mut hash, finding.code.as_str().as_bytes());
    let file = finding.location.as_ref().map(|it| it.file.as_str());
    feed(&mut hash, file.unwrap_or_default().as_bytes());
    let record = finding.record.map_or(u64::MAX, |it| it.index);
    feed(&mut hash, &record.to_le_bytes());
    let pointer = finding.pointer.as_deref().unwrap_or_default();
    feed(&mut hash, pointer.as_bytes());
    // Two properties missing from one object differ in nothing but the rule and the message.
    feed(&mut hash, finding.message.as_bytes());
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
    use crate::render::fixture::nasty;

    #[test]
    fn lines_have_no_part_in_it() {
        let findings = nasty();
        let mut moved = findings.clone();
        for finding in &mut moved {
            if let Some(location) = &mut finding.location {
                location.line += 10;
                location.end_line += 10;
                location.byte_start += 100;
                location.byte_end += 100;
            }
        }
        assert_eq!(fingerprints(&findings), fingerprints(&moved));
    }

    #[test]
    fn equal_findings_are_told_apart() {
        let one = nasty().remove(0);
        let both = fingerprints(&[one.clone(), one]);
        assert_ne!(both[0], both[1]);
    }
}
