//! Descriptions of many stacks in few calls: one listing of a region in place of a description of each stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use infra_aws::{ApiError, ApiErrorKind, Page, StackDescription};

/// Stacks of a region, as a listing gives them.
///
/// ```text
/// while listing.wants_more() {
///     listing.take(client.describe_stacks(listing.next_page()).await)?;
/// }
/// ```
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    names: BTreeSet<String>,
    stacks: BTreeMap<String, StackDescription>,
    pages: usize,
    next: Option<String>,
    end: End,
}

/// Where reading a listing stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    /// There are further pages.
    Open,
    /// The last page was read.
    Reached,
    /// The listing is not permitted.
    Refused,
}

/// The answer of a listing about one stack.
#[derive(Clone, Debug)]
pub(crate) enum Listed {
    /// The stack, or `None` where there is none of that name.
    Known(Option<Box<StackDescription>>),
    /// Not read: it has to be described by its name.
    Unknown,
}

impl Listing {
    /// A listing of which nothing was read yet, in search of the stacks of these names.
    pub(crate) fn new(names: BTreeSet<String>) -> Self {
        Self {
            names,
            stacks: BTreeMap::new(),
            pages: 0,
            next: None,
            end: End::Open,
        }
    }

    /// Returns true while another page costs less than describing what is missing by name. One stack is described by
    /// its name: that is a call as well, and needs no permission for all stacks.
    pub(crate) fn wants_more(&self) -> bool {
        let missing = self.names.len() - self.stacks.len();
        self.end == End::Open && self.names.len() > 1 && missing > self.pages
    }

    /// The token of the next page.
    pub(crate) fn next_page(&self) -> Option<String> {
        self.next.clone()
    }

    /// Takes a page. Where the listing is not permitted, nothing is known of any stack.
    ///
    /// # Errors
    ///
    /// When AWS does not answer.
    pub(crate) fn take(
        &mut self,
        page: Result<Page<StackDescription>, ApiError>,
    ) -> Result<(), Error> {
        let page = match page {
            Ok(page) => page,
            Err(error)
                if matches!(
                    error.kind,
                    ApiErrorKind::AccessDenied { .. } | ApiErrorKind::Unsupported
                ) =>
            {
                self.end = End::Refused;
                self.stacks.clear();
                return Ok(());
            }
            Err(error) => return Err(Error::api("list the stacks of the region", error)),
        };
        for stack in page.items {
            if self.names.contains(&stack.name) && !stack.status.is_deleted() {
                self.stacks.insert(stack.name.clone(), stack);
            }
        }
        self.pages += 1;
        self.next = page.next;
        if self.next.is_none() {
            self.end = End::Reached;
        }
        Ok(())
    }

    /// Returns what the listing says about the stack of that name.
    pub(crate) fn stack(&self, name: &str) -> Listed {
        match self.stacks.get(name) {
            Some(stack) => Listed::Known(Some(Box::new(stack.clone()))),
            None if self.end == End::Reached => Listed::Known(None),
            None => Listed::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use infra_aws::{ApiError, Page, StackDescription, StackStatus};

    use super::{Listed, Listing};

    fn stack(name: &str, status: &str) -> StackDescription {
        let mut stack = StackDescription::default();
        name.clone_into(&mut stack.name);
        stack.status = StackStatus::new(status);
        stack
    }

    /// Reads a listing of these pages; answers it and how many of them were read.
    fn read(names: &[&str], pages: &[Vec<StackDescription>]) -> (Listing, usize) {
        let mut listing = Listing::new(names.iter().map(|name| (*name).to_owned()).collect());
        let mut read = 0;
        while listing.wants_more() {
            let at: usize = listing.next_page().map_or(0, |next| next.parse().unwrap());
            read += 1;
            let next = (at + 1 < pages.len()).then(|| (at + 1).to_string());
            let page = Page::new(pages[at].clone(), next);
            listing.take(Ok(page)).unwrap();
        }
        (listing, read)
    }

    fn status(listing: &Listing, name: &str) -> String {
        match listing.stack(name) {
            Listed::Known(Some(stack)) => stack.status.to_string(),
            Listed::Known(None) => "none".to_owned(),
            Listed::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn pages_are_read_until_all_stacks_are_found() {
        let pages = [
            vec![stack("x", "CREATE_COMPLETE"), stack("a", "UPDATE_COMPLETE")],
            vec![stack("b", "CREATE_COMPLETE"), stack("c", "IMPORT_COMPLETE")],
            vec![stack("y", "CREATE_COMPLETE")],
        ];
        let (listing, read) = read(&["a", "b", "c"], &pages);
        assert_eq!(read, 2);
        assert_eq!(status(&listing, "a"), "UPDATE_COMPLETE");
        assert_eq!(status(&listing, "b"), "CREATE_COMPLETE");
        // Not asked for, and not read to the end.
        assert_eq!(status(&listing, "x"), "unknown");
    }

    #[test]
    fn what_a_whole_listing_does_not_have_does_not_exist() {
        let pages = [vec![
            stack("a", "CREATE_COMPLETE"),
            stack("gone", "DELETE_COMPLETE"),
        ]];
        let (listing, _) = read(&["a", "b", "gone"], &pages);
        assert_eq!(status(&listing, "b"), "none");
        assert_eq!(status(&listing, "gone"), "none");
    }

    #[test]
    fn a_large_account_is_not_listed_for_a_few_stacks() {
        let other = |number: usize| vec![stack(&format!("x{number}"), "CREATE_COMPLETE")];
        let pages: Vec<_> = (0..9).map(other).collect();
        let (listing, read_pages) = read(&["a", "b", "c"], &pages);
        assert_eq!(read_pages, 3);
        assert_eq!(status(&listing, "a"), "unknown");
        let (_, read_pages) = read(&["a"], &pages);
        assert_eq!(read_pages, 0);
    }

    #[test]
    fn a_missing_permission_leaves_descriptions_by_name() {
        let error = |code: &str| {
            Err(ApiError::new(
                "CloudFormation",
                "DescribeStacks",
                code,
                "no",
            ))
        };
        let mut listing = Listing::new(["a".to_owned(), "b".to_owned()].into());
        listing.take(error("AccessDenied")).unwrap();
        assert!(!listing.wants_more());
        assert_eq!(status(&listing, "a"), "unknown");
        let mut listing = Listing::new(["a".to_owned(), "b".to_owned()].into());
        assert_eq!(
            listing
                .take(error("InternalFailure"))
                .unwrap_err()
                .to_string(),
            "cannot list the stacks of the region"
        );
    }
}
