//! Whether the items of a list differ from each other.

use core::hash::Hash;
use std::collections::HashMap;

/// The first two equal items: the indices of the earlier and of the later one, where the later
/// one is the first item that repeats any before it.
///
/// Compares each pair, so the time grows with the square of the number of items; where the items
/// can be hashed, [`first_duplicate_hashed`] is quicker.
pub fn first_duplicate<T: PartialEq>(items: &[T]) -> Option<(usize, usize)> {
    items.iter().enumerate().find_map(|(later, item)| {
        let earlier = items.iter().take(later).position(|other| other == item)?;
        Some((earlier, later))
    })
}

/// The same for items that can be hashed; long lists take time in proportion to their length.
pub fn first_duplicate_hashed<T: Eq + Hash>(items: &[T]) -> Option<(usize, usize)> {
    // Below this, comparing pairs is quicker than hashing, and allocates nothing.
    if items.len() <= 16 {
        return first_duplicate(items);
    }
    let mut seen = HashMap::with_capacity(items.len());
    items.iter().enumerate().find_map(|(later, item)| {
        let earlier = seen.insert(item, later)?;
        Some((earlier, later))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hashing_finds_the_same_pair(items in proptest::collection::vec(0_u8..60, 0..40)) {
            prop_assert_eq!(first_duplicate(&items), first_duplicate_hashed(&items));
        }
    }

    #[test]
    fn the_pair_is_the_first_repetition() {
        assert_eq!(first_duplicate(&["a", "b", "b", "a"]), Some((1, 2)));
        assert_eq!(first_duplicate(&[1.0, 2.0]), None);
        assert_eq!(first_duplicate::<u8>(&[]), None);
    }
}
