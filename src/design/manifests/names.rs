//! Names of other tools as names of a design.

/// A name in kebab-case: what is no letter or digit becomes a hyphen, and the first is a letter.
pub fn kebab(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut before_lower = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && before_lower {
                out.push('-');
            }
            out.push(letter.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
        before_lower = letter.is_ascii_lowercase();
    }
    let out = out.trim_matches('-').to_owned();
    if out.is_empty() {
        "unnamed".to_owned()
    } else if out.starts_with(|first: char| first.is_ascii_digit()) {
        format!("n{out}")
    } else {
        out
    }
}

/// A name that is not taken yet.
pub fn unique(name: &str, taken: &mut std::collections::BTreeMap<String, usize>) -> String {
    let mut candidate = name.to_owned();
    loop {
        match taken.get_mut(&candidate) {
            None => {
                taken.insert(candidate.clone(), 1);
                return candidate;
            }
            Some(count) => {
                *count += 1;
                candidate = format!("{name}-{count}");
            }
        }
    }
}
