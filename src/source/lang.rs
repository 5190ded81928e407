//! The two languages everything is said in, and how each writes numbers.

/// A language of the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// English.
    En,
    /// French.
    Fr,
}

/// Both languages, in the order in which the program lists them.
pub const LANGS: [Lang; 2] = [Lang::En, Lang::Fr];

impl Lang {
    /// The two-letter code (ISO 639-1) that documents, pages and file names use.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Fr => "fr",
        }
    }

    /// Reads a two-letter code.
    pub fn from_code(code: &str) -> Option<Lang> {
        LANGS.into_iter().find(|lang| lang.code() == code)
    }

    /// Writes a number with at most `decimals` decimals and no trailing zeros: `1,300.5` in
    /// English, `1 300,5` (narrow no-break space) in French.
    pub fn number(self, value: f64, decimals: usize) -> String {
        // Writing a whole number with a set count of decimals takes the slowest of the ways there are.
        let whole = value.fract() == 0.0 && value.abs() < 1e15;
        let mut text = if whole { (value as i64).to_string() } else { format!("{value:.decimals$}") };
        if text.contains('.') {
            text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
        }
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) if rest.chars().any(|c| ('1'..='9').contains(&c)) => ("\u{2212}", rest),
            Some(rest) => ("", rest),
            None => ("", text.as_str()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let (thousands, point) = match self {
            Lang::En => (',', '.'),
            Lang::Fr => ('\u{202f}', ','),
        };
        let mut out = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            // Four-digit numbers keep their digits together in French, and take a comma in English.
            if i > 0 && (whole.len() - i).is_multiple_of(3) && (self == Lang::En || whole.len() > 4) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// Puts a text between the language's quotation marks.
    pub fn quote(self, text: &str) -> String {
        match self {
            Lang::En => format!("“{text}”"),
            Lang::Fr => format!("«\u{a0}{text}\u{a0}»"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_each_language() {
        assert_eq!(Lang::En.number(13400.25, 1), "13,400.2");
        assert_eq!(Lang::Fr.number(13400.25, 2), "13\u{202f}400,25");
        assert_eq!(Lang::Fr.number(1300.0, 1), "1300");
        assert_eq!(Lang::En.number(-0.01, 1), "0");
        assert_eq!(Lang::En.number(-2.5, 1), "−2.5");
        assert_eq!(Lang::En.number(100.0, 2), "100");
    }
}
