//! "Did you mean": the candidate nearest to what was written.

/// The nearest candidate, if one is near enough: an edit distance of at most a third of the word
/// (at least one), or one being the beginning of the other (`sync` for `synchronous`).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let other = candidate.to_lowercase();
            let distance = distance(&lower, &other);
            if distance <= allowed {
                return Some((distance, candidate));
            }
            let prefix =
                lower.len() >= 3 && (other.starts_with(&lower) || (other.len() >= 4 && lower.starts_with(&other)));
            prefix.then_some((allowed + 1, candidate))
        })
        .min_by_key(|(distance, candidate)| (*distance, candidate.len()))
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let substitution = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        assert_eq!(nearest("replicsa", ["replicas", "requests"]), Some("replicas"));
        assert_eq!(nearest("sync", ["asynchronous", "synchronous"]), Some("synchronous"));
        assert_eq!(nearest("run_on", ["runs_on", "restart"]), Some("runs_on"));
        assert_eq!(nearest("colour", ["replicas", "requests"]), None);
    }
}
