//! Describes many stacks in few calls: lists a region instead of describing each stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use infra_aws::{ApiError, ApiErrorKind, Page, StackDescription};
use infra_core::APP_TAG;
use infra_template::review::{LeftStack, LeftStacks, LookedAt};

/// Stacks of a region, read page by page from `DescribeStacks`.
///
/// ```text
/// while listing.wants_more() {
///     listing.take(client.describe_stacks(listing.next_page()).await)?;
/// }
/// ```
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    names: BTreeSet<String>,
    /// Marks of the app; stacks with one of these marks that the app no longer has are collected in `left`.
    marks: BTreeSet<String>,
    stacks: BTreeMap<String, StackDescription>,
    left: BTreeSet<LeftStack>,
    pages: usize,
    next: Option<String>,
    end: End,
}

/// State of reading a listing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    /// Further pages exist.
    Open,
    /// The last page has been read.
    Reached,
    /// The credentials may not list stacks.
    Refused,
}

/// Result of a listing for one stack.
#[derive(Clone, Debug)]
pub(crate) enum Listed {
    /// The stack, or `None` if the region has no stack of this name.
    Known(Option<Box<StackDescription>>),
    /// The listing did not cover the stack, so that it has to be described by name.
    Unknown,
}

impl Listing {
    /// Creates a listing of the stacks with these names, with no page read yet.
    pub(crate) fn new(names: BTreeSet<String>) -> Self {
        Self {
            names,
            marks: BTreeSet::new(),
            stacks: BTreeMap::new(),
            left: BTreeSet::new(),
            pages: 0,
            next: None,
            end: End::Open,
        }
    }

    /// Creates a listing that also collects stacks which left the app: they have one of these marks and another name. `names` must contain all stacks
    /// that the app has in this account and region.
    pub(crate) fn with_marks(names: BTreeSet<String>, marks: BTreeSet<String>) -> Self {
        Self {
            marks,
            ..Self::new(names)
        }
    }

    /// Returns true while another page costs fewer calls than describing the missing stacks by name. A single stack is described by name, which needs
    /// no permission for all stacks, unless stacks that left the app are collected as well.
    pub(crate) fn wants_more(&self) -> bool {
        let missing = self.names.len() - self.stacks.len();
        let several = self.names.len() > 1 || !self.marks.is_empty();
        self.end == End::Open && several && missing > self.pages
    }

    /// Returns the token of the next page; `None` for the first one.
    pub(crate) fn next_page(&self) -> Option<String> {
        self.next.clone()
    }

    /// Adds a page. If the listing is not permitted, all stacks count as unknown.
    ///
    /// # Errors
    ///
    /// When the call failed for another reason than a missing permission.
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
                self.left.clear();
                return Ok(());
            }
            Err(error) => return Err(Error::api("list the stacks of the region", error)),
        };
        for stack in page.items {
            if self.names.contains(&stack.name) {
                if !stack.status.is_deleted() {
                    self.stacks.insert(stack.name.clone(), stack);
                }
            } else if let Some(app) = left_app(&stack, &self.marks) {
                self.left.insert(left_stack(&stack, app));
            }
        }
        self.pages += 1;
        self.next = page.next;
        if self.next.is_none() {
            self.end = End::Reached;
        }
        Ok(())
    }

    /// Returns the stack with this name, as far as the listing has covered it.
    pub(crate) fn stack(&self, name: &str) -> Listed {
        match self.stacks.get(name) {
            Some(stack) => Listed::Known(Some(Box::new(stack.clone()))),
            None if self.end == End::Reached => Listed::Known(None),
            None => Listed::Unknown,
        }
    }
}

/// Collects the stacks that left the app from its listings. Returns `None` for an app without marks.
///
/// `listings` contains each listing with its account, if known, and its region.
pub(crate) fn left_stacks<'l>(
    marks: &BTreeSet<String>,
    listings: impl IntoIterator<Item = (Option<&'l str>, &'l str, &'l Listing)>,
) -> Option<LeftStacks> {
    if marks.is_empty() {
        return None;
    }
    let (mut stacks, mut looked_at) = (BTreeSet::new(), BTreeSet::new());
    for (account, region, listing) in listings {
        if listing.pages == 0 || listing.end == End::Refused {
            continue;
        }
        stacks.extend(listing.left.iter().cloned());
        let looked = LookedAt::builder()
            .maybe_account(account)
            .region(region)
            .complete(listing.end == End::Reached)
            .build();
        looked_at.insert(looked);
    }
    let left = LeftStacks::builder()
        .apps(marks.iter().cloned().collect::<Vec<_>>())
        .stacks(stacks.into_iter().collect::<Vec<_>>())
        .looked_at(looked_at.into_iter().collect::<Vec<_>>())
        .build();
    Some(left)
}

/// Returns the mark of a deployed root stack that belongs to one of these apps. Nested stacks carry the mark of their root stack and do not count.
pub(crate) fn left_app<'s>(
    stack: &'s StackDescription,
    marks: &BTreeSet<String>,
) -> Option<&'s String> {
    let status = &stack.status;
    let is_there = !status.is_deleted() && !status.is_review() && !status.is("DELETE_IN_PROGRESS");
    let mark = stack.tags.get(APP_TAG)?;
    (is_there && stack.parent.is_none() && marks.contains(mark)).then_some(mark)
}

fn left_stack(stack: &StackDescription, app: &str) -> LeftStack {
    // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
    let part = |at: usize| stack.id.split(':').nth(at).unwrap_or_default();
    LeftStack::builder()
        .account(part(4))
        .region(part(3))
        .stack(stack.name.clone())
        .app(app)
        .build()
}

#[cfg(test)]
mod tests {
    use infra_aws::{ApiError, Page, StackDescription, StackStatus};

    use super::{Listed, Listing, left_stacks};

    fn stack(name: &str, status: &str) -> StackDescription {
        let mut stack = StackDescription::default();
        name.clone_into(&mut stack.name);
        stack.status = StackStatus::new(status);
        stack
    }

    /// Reads a listing from these pages. Returns it with the number of pages read.
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
        // The stack was not selected, and the listing was not read to the end.
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

    fn marked(name: &str, status: &str, mark: &str) -> StackDescription {
        let mut stack = stack(name, status);
        stack.id = format!("arn:aws:cloudformation:eu-west-1:123456789012:stack/{name}/1");
        stack.tags.insert("infra:app".to_owned(), mark.to_owned());
        stack
    }

    #[test]
    fn stacks_with_the_mark_and_another_name_left() {
        let mut nested = marked("a-Child-1", "CREATE_COMPLETE", "notes/dev");
        nested.parent = Some("arn:aws:cloudformation:eu-west-1:123456789012:stack/a/1".to_owned());
        let page = vec![
            marked("a", "UPDATE_COMPLETE", "notes/dev"),
            marked("edge", "UPDATE_ROLLBACK_COMPLETE", "notes/dev"),
            marked("other-environment", "CREATE_COMPLETE", "notes/prod"),
            marked("other-app", "CREATE_COMPLETE", "notes-web/dev"),
            marked("planned", "REVIEW_IN_PROGRESS", "notes/dev"),
            marked("going", "DELETE_IN_PROGRESS", "notes/dev"),
            stack("unmarked", "CREATE_COMPLETE"),
            nested,
        ];
        let marks = || ["notes/dev".to_owned()].into();
        // A single selected stack costs one call either way.
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        assert!(listing.wants_more());
        listing.take(Ok(Page::last(page))).unwrap();
        assert!(!listing.wants_more());
        let left = left_stacks(&marks(), [(None, "eu-west-1", &listing)]).unwrap();
        let names: Vec<&str> = left.stacks.iter().map(|one| one.stack.as_str()).collect();
        assert_eq!(names, ["edge"]);
        assert_eq!(left.stacks[0].account, "123456789012");
        assert_eq!(left.stacks[0].region, "eu-west-1");
        assert!(left.looked_at[0].complete);
        let unmarked = std::collections::BTreeSet::new();
        assert_eq!(
            left_stacks(&unmarked, [(None, "eu-west-1", &listing)]),
            None
        );
    }

    #[test]
    fn what_was_not_read_or_not_permitted_is_not_called_complete() {
        let marks = || ["notes/dev".to_owned()].into();
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        let page = vec![stack("a", "CREATE_COMPLETE")];
        listing
            .take(Ok(Page::new(page, Some("2".to_owned()))))
            .unwrap();
        // All selected stacks are found, so that later pages are not searched for stacks that left.
        assert!(!listing.wants_more());
        let left = left_stacks(&marks(), [(Some("1"), "eu-west-1", &listing)]).unwrap();
        assert!(!left.looked_at[0].complete);
        let denied = ApiError::new("CloudFormation", "DescribeStacks", "AccessDenied", "no");
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        listing.take(Err(denied)).unwrap();
        let left = left_stacks(&marks(), [(None, "eu-west-1", &listing)]).unwrap();
        assert_eq!(left.looked_at, []);
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
