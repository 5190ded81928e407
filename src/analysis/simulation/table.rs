//! A list that always has an element to give.

use std::ops::{Index, IndexMut};

/// Elements by number. A number out of range reads a blank element: every number comes from the
/// list itself, and should one ever not, the run goes on rather than end the program.
#[derive(Debug, Clone, Default)]
pub(super) struct Table<T> {
    items: Vec<T>,
    blank: T,
}

impl<T: Default> Table<T> {
    pub(super) fn of(items: Vec<T>) -> Table<T> {
        Table { items, blank: T::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    pub(super) fn push(&mut self, item: T) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    /// Every number that leads to an element.
    pub(super) fn ids(&self) -> std::ops::Range<usize> {
        0..self.items.len()
    }
}

impl<T> Index<usize> for Table<T> {
    type Output = T;
    fn index(&self, at: usize) -> &T {
        debug_assert!(at < self.items.len(), "{at} of {}", self.items.len());
        self.items.get(at).unwrap_or(&self.blank)
    }
}

impl<T> IndexMut<usize> for Table<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        debug_assert!(at < self.items.len(), "{at} of {}", self.items.len());
        match self.items.get_mut(at) {
            Some(item) => item,
            None => &mut self.blank,
        }
    }
}
