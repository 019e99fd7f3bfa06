//! "Menade du …": the nearest known word to one that is not known.

/// The candidate nearest to `word`, if one is near enough to be a slip of the
/// pen. Of several equally near the first wins, so callers order candidates by
/// likelihood.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_only() {
        let words = ["utfall", "prognos", "analys"];
        assert_eq!(nearest("utfal", words), Some("utfall"));
        assert_eq!(nearest("prgonos", words), Some("prognos"));
        assert_eq!(nearest("budget", words), None);
    }
}
