//! What the program says, in both languages at once.
//!
//! A finding or a title is made once, without knowing who will read it; the reader's language is
//! chosen where it is printed. The [`said!`](crate::said) macro keeps the two texts side by side.

use super::lang::Lang;

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Said {
    /// The English text.
    pub en: String,
    /// The French text.
    pub fr: String,
}

impl Said {
    /// A text that is the same in both languages: a name, a code, a path.
    pub fn same(text: impl Into<String>) -> Said {
        let text = text.into();
        Said { en: text.clone(), fr: text }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Fr => &self.fr,
        }
    }

    /// Makes both texts with one function of the language.
    pub fn by(mut make: impl FnMut(Lang) -> String) -> Said {
        Said { en: make(Lang::En), fr: make(Lang::Fr) }
    }

    /// Joins texts with a separator, in both languages; French puts a space before a semicolon.
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a Said>, separator: &str) -> Said {
        let mut out = Said::default();
        let french = separator.replace("; ", " ; ").replace("  ;", " ;");
        for (i, part) in parts.into_iter().enumerate() {
            if i > 0 {
                out.en.push_str(separator);
                out.fr.push_str(&french);
            }
            out.en.push_str(&part.en);
            out.fr.push_str(&part.fr);
        }
        out
    }

    /// Whether nothing is said in either language.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.fr.is_empty()
    }

    /// The word for so many: English has a singular for one, French for none too.
    pub fn counted(n: usize, en: [&str; 2], fr: [&str; 2]) -> Said {
        Said { en: en[usize::from(n != 1)].to_owned(), fr: fr[usize::from(n > 1)].to_owned() }
    }

    /// A list in words: "a, b and c", « a, b et c ».
    pub fn list<'a, T: Show + 'a + ?Sized>(items: impl IntoIterator<Item = &'a T>) -> Said {
        let items: Vec<&T> = items.into_iter().collect();
        Said::by(|lang| {
            let mut words: Vec<String> = items.iter().map(|item| item.show(lang)).collect();
            let Some(last) = words.pop() else { return String::new() };
            if words.is_empty() {
                return last;
            }
            let and = match lang {
                Lang::En => "and",
                Lang::Fr => "et",
            };
            format!("{} {and} {last}", words.join(", "))
        })
    }
}

/// What can be written into a sentence of either language.
pub trait Show {
    /// The text in one language, with that language's own number habits.
    fn show(&self, lang: Lang) -> String;
}

impl Show for Said {
    fn show(&self, lang: Lang) -> String {
        self.get(lang).to_owned()
    }
}

impl Show for str {
    fn show(&self, _: Lang) -> String {
        self.to_owned()
    }
}

impl Show for String {
    fn show(&self, _: Lang) -> String {
        self.clone()
    }
}

impl Show for f64 {
    fn show(&self, lang: Lang) -> String {
        lang.number(*self, 2)
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self, lang: Lang) -> String {
        (**self).show(lang)
    }
}

macro_rules! show_integers {
    ($($integer:ty)*) => {$(
        impl Show for $integer {
            fn show(&self, lang: Lang) -> String {
                lang.number(*self as f64, 0)
            }
        }
    )*};
}
show_integers!(u8 u16 u32 u64 usize i32 i64);

/// Says something in both languages.
///
/// ```
/// use epure::said;
/// let text = said!("{n} hosts", "{n} hôtes", n = 3);
/// assert_eq!(text.fr, "3 hôtes");
/// ```
///
/// Named arguments go through [`Show`], so a number or a quantity is written
/// in each language's own way. Names in scope can also be captured, and are then written as they are.
#[macro_export]
macro_rules! said {
    ($en:literal, $fr:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::source::Said {
            // All values first, then all names: an argument may be called like what it is made from.
            en: { let ($($name,)*) = ($($crate::source::Show::show(&$value, $crate::source::Lang::En),)*); format!($en) },
            fr: { let ($($name,)*) = ($($crate::source::Show::show(&$value, $crate::source::Lang::Fr),)*); format!($fr) },
        }
    };
}
