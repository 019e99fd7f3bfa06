//! A name for a finding that is the same from run to run: CI services tell by it which
//! findings are new.

use std::collections::BTreeMap;

use super::Findings;

/// The fingerprint of each finding, in their order. It is made of rule and subject, not
/// of lines or words; of several with the same, each has its number.
pub fn fingerprints(findings: &Findings) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let fingerprint = |finding: &trc_base::Diagnostic| {
        let place = match findings.subjects.get(&finding.location) {
            Some(subject) => subject.to_string(),
            None => finding.location.file.to_string(),
        };
        let name = format!("{}\n{place}", finding.rule);
        let count = seen.entry(name.clone()).or_default();
        *count = count.saturating_add(1);
        format!("{:032x}", fnv1a(format!("{name}\n{count}").as_bytes()))
    };
    findings.diagnostics.iter().map(fingerprint).collect()
}

/// FNV-1a with 128 bits: the same on every machine and in every version, which the
/// standard library's hash does not promise. Nobody gains by forging one.
fn fnv1a(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use trc_base::Severity;

    use super::*;
    use crate::output::tests::{TEXT, finding, findings};

    #[test]
    fn equal_findings_have_different_fingerprints_and_other_lines_the_same() {
        let two = |text: &str| {
            let list = ["5 st", "6 st"].map(|part| finding(text, part, Severity::Error));
            fingerprints(&findings(text, list.to_vec()))
        };
        let here = two(TEXT);
        assert_ne!(here[0], here[1]);
        assert_eq!(two(&format!("\n\n{TEXT}")), here);
        assert_eq!(here[0].len(), 32);
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv1a(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }
}
