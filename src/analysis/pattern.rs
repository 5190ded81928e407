//! Patterns with `*`: which rules and which addresses a waiver or a command means.

/// Whether a pattern is a text: `*` stands for any part without `.` and `/`, `**` for any part.
pub fn matches(pattern: &str, text: &str) -> bool {
    if !pattern.contains('*') {
        return pattern == text;
    }
    // The set of positions in the pattern that the text read so far can have led to.
    let pattern = steps(pattern);
    let mut here = open(&pattern, vec![true; 1], pattern.len());
    for c in text.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (i, step) in pattern.iter().enumerate().filter(|(i, _)| here[*i]) {
            match step {
                Step::Any => next[i] = true,
                Step::Part if !matches!(c, '.' | '/') => next[i] = true,
                Step::One(one) if *one == c => next[i + 1] = true,
                _ => {}
            }
        }
        here = open(&pattern, next, pattern.len());
    }
    here[pattern.len()]
}

/// Whether a pattern is a text or something around it: its beginning up to a `.` or `/`.
pub fn covers(pattern: &str, text: &str) -> bool {
    if !pattern.contains('*') {
        return text.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '/']));
    }
    matches(pattern, text) || text.match_indices(['.', '/']).any(|(at, _)| matches(pattern, &text[..at]))
}

enum Step {
    One(char),
    Part,
    Any,
}

fn steps(pattern: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for c in pattern.chars() {
        match (c, steps.last_mut()) {
            ('*', Some(last @ Step::Part)) => *last = Step::Any,
            ('*', Some(Step::Any)) => {}
            ('*', _) => steps.push(Step::Part),
            (c, _) => steps.push(Step::One(c)),
        }
    }
    steps
}

/// A star may stand for nothing.
fn open(pattern: &[Step], mut here: Vec<bool>, length: usize) -> Vec<bool> {
    here.resize(length + 1, false);
    for (i, step) in pattern.iter().enumerate() {
        if here[i] && !matches!(step, Step::One(_)) {
            here[i + 1] = true;
        }
    }
    here
}

#[cfg(test)]
mod tests {
    use super::{covers, matches};

    #[test]
    fn a_star_stands_for_a_part_and_two_for_any() {
        assert!(matches("probes/*", "probes/no-readiness") && matches("*", "a-b") && matches("a*c", "ac"));
        assert!(!matches("probes/*", "probe/x") && !matches("*", "a/b") && !matches("a", "ab"));
        assert!(matches("k8s/**", "k8s/a/b.yaml") && matches("**", "") && !matches("k8s/*.yaml", "k8s/a/b.yaml"));
        assert!(covers("components.web", "components.web.env") && covers("components.*", "components.web.env"));
        assert!(!covers("components.web", "components.website") && covers("k8s", "k8s/a.yaml"));
        // Many stars cost no more than their number times the text.
        assert!(!matches(&"*a".repeat(60), &"a".repeat(59)));
    }
}
