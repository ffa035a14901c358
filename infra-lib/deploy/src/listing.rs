//! Describes many stacks in few calls: lists a region instead of describing each stack.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use infra_aws::{ApiError, ApiErrorKind, Page, StackDescription};
use infra_core::APP_TAG;
use infra_template::review::{OrphanedStack, OrphanedStacks, SearchedRegion};

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
    orphaned: BTreeSet<OrphanedStack>,
    pages: usize,
    next: Option<String>,
    end: ListingState,
}

/// State of reading a listing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum ListingState {
    /// Further pages exist.
    Open,
    /// The last page has been read.
    Complete,
    /// The credentials may not list stacks.
    Denied,
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
            orphaned: BTreeSet::new(),
            pages: 0,
            next: None,
            end: ListingState::Open,
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
        self.end == ListingState::Open && several && missing > self.pages
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
    pub(crate) fn add_page(
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
                self.end = ListingState::Denied;
                self.stacks.clear();
                self.orphaned.clear();
                return Ok(());
            }
            Err(error) => return Err(Error::from_api("list the stacks of the region", error)),
        };
        for stack in page.items {
            if self.names.contains(&stack.name) {
                if !stack.status.is_deleted() {
                    self.stacks.insert(stack.name.clone(), stack);
                }
            } else if let Some(app) = orphan_mark(&stack, &self.marks) {
                self.orphaned.insert(build_orphaned_stack(&stack, app));
            }
        }
        self.pages += 1;
        self.next = page.next;
        if self.next.is_none() {
            self.end = ListingState::Complete;
        }
        Ok(())
    }

    /// Returns the stack with this name, as far as the listing has covered it.
    pub(crate) fn find_stack(&self, name: &str) -> Listed {
        match self.stacks.get(name) {
            Some(stack) => Listed::Known(Some(Box::new(stack.clone()))),
            None if self.end == ListingState::Complete => Listed::Known(None),
            None => Listed::Unknown,
        }
    }
}

/// Collects the stacks that left the app from its listings. Returns `None` for an app without marks.
///
/// `listings` contains each listing with its account, if known, and its region.
pub(crate) fn collect_orphaned_stacks<'l>(
    marks: &BTreeSet<String>,
    listings: impl IntoIterator<Item = (Option<&'l str>, &'l str, &'l Listing)>,
) -> Option<OrphanedStacks> {
    if marks.is_empty() {
        return None;
    }
    let (mut stacks, mut looked_at) = (BTreeSet::new(), BTreeSet::new());
    for (account, region, listing) in listings {
        if listing.pages == 0 || listing.end == ListingState::Denied {
            continue;
        }
        stacks.extend(listing.orphaned.iter().cloned());
        let looked = SearchedRegion::builder()
            .maybe_account(account)
            .region(region)
            .complete(listing.end == ListingState::Complete)
            .build();
        looked_at.insert(looked);
    }
    let left = OrphanedStacks::builder()
        .apps(marks.iter().cloned().collect::<Vec<_>>())
        .stacks(stacks.into_iter().collect::<Vec<_>>())
        .looked_at(looked_at.into_iter().collect::<Vec<_>>())
        .build();
    Some(left)
}

/// Returns the mark of a deployed root stack that belongs to one of these apps. Nested stacks carry the mark of their root stack and do not count.
pub(crate) fn orphan_mark<'s>(
    stack: &'s StackDescription,
    marks: &BTreeSet<String>,
) -> Option<&'s String> {
    let status = &stack.status;
    let is_there =
        !status.is_deleted() && !status.is_review() && !status.is_named("DELETE_IN_PROGRESS");
    let mark = stack.tags.get(APP_TAG)?;
    (is_there && stack.parent.is_none() && marks.contains(mark)).then_some(mark)
}

fn build_orphaned_stack(stack: &StackDescription, app: &str) -> OrphanedStack {
    // `arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID`
    let part = |at: usize| stack.id.split(':').nth(at).unwrap_or_default();
    OrphanedStack::builder()
        .account(part(4))
        .region(part(3))
        .stack(stack.name.clone())
        .app(app)
        .build()
}

#[cfg(test)]
mod tests {
    use infra_aws::{ApiError, Page, StackDescription, StackStatus};

    use super::{Listed, Listing, collect_orphaned_stacks};

    fn build_stack(name: &str, status: &str) -> StackDescription {
        let mut stack = StackDescription::default();
        name.clone_into(&mut stack.name);
        stack.status = StackStatus::new(status);
        stack
    }

    /// Reads a listing from these pages. Returns it with the number of pages read.
    fn read_listing(names: &[&str], pages: &[Vec<StackDescription>]) -> (Listing, usize) {
        let mut listing = Listing::new(names.iter().map(|name| (*name).to_owned()).collect());
        let mut read = 0;
        while listing.wants_more() {
            let at: usize = listing.next_page().map_or(0, |next| next.parse().unwrap());
            read += 1;
            let next = (at + 1 < pages.len()).then(|| (at + 1).to_string());
            let page = Page::new(pages[at].clone(), next);
            listing.add_page(Ok(page)).unwrap();
        }
        (listing, read)
    }

    fn listed_status(listing: &Listing, name: &str) -> String {
        match listing.find_stack(name) {
            Listed::Known(Some(stack)) => stack.status.to_string(),
            Listed::Known(None) => "none".to_owned(),
            Listed::Unknown => "unknown".to_owned(),
        }
    }

    #[test]
    fn stops_reading_pages_when_all_stacks_are_found() {
        let pages = [
            vec![
                build_stack("x", "CREATE_COMPLETE"),
                build_stack("a", "UPDATE_COMPLETE"),
            ],
            vec![
                build_stack("b", "CREATE_COMPLETE"),
                build_stack("c", "IMPORT_COMPLETE"),
            ],
            vec![build_stack("y", "CREATE_COMPLETE")],
        ];
        let (listing, read) = read_listing(&["a", "b", "c"], &pages);
        assert_eq!(read, 2);
        assert_eq!(listed_status(&listing, "a"), "UPDATE_COMPLETE");
        assert_eq!(listed_status(&listing, "b"), "CREATE_COMPLETE");
        // The stack was not selected, and the listing was not read to the end.
        assert_eq!(listed_status(&listing, "x"), "unknown");
    }

    #[test]
    fn complete_listing_proves_absence() {
        let pages = [vec![
            build_stack("a", "CREATE_COMPLETE"),
            build_stack("gone", "DELETE_COMPLETE"),
        ]];
        let (listing, _) = read_listing(&["a", "b", "gone"], &pages);
        assert_eq!(listed_status(&listing, "b"), "none");
        assert_eq!(listed_status(&listing, "gone"), "none");
    }

    #[test]
    fn large_account_is_not_listed_for_few_stacks() {
        let other = |number: usize| vec![build_stack(&format!("x{number}"), "CREATE_COMPLETE")];
        let pages: Vec<_> = (0..9).map(other).collect();
        let (listing, read_pages) = read_listing(&["a", "b", "c"], &pages);
        assert_eq!(read_pages, 3);
        assert_eq!(listed_status(&listing, "a"), "unknown");
        let (_, read_pages) = read_listing(&["a"], &pages);
        assert_eq!(read_pages, 0);
    }

    fn build_marked_stack(name: &str, status: &str, mark: &str) -> StackDescription {
        let mut stack = build_stack(name, status);
        stack.id = format!("arn:aws:cloudformation:eu-west-1:123456789012:stack/{name}/1");
        stack.tags.insert("infra:app".to_owned(), mark.to_owned());
        stack
    }

    #[test]
    fn reports_marked_stacks_absent_from_the_app() {
        let mut nested = build_marked_stack("a-Child-1", "CREATE_COMPLETE", "notes/dev");
        nested.parent = Some("arn:aws:cloudformation:eu-west-1:123456789012:stack/a/1".to_owned());
        let page = vec![
            build_marked_stack("a", "UPDATE_COMPLETE", "notes/dev"),
            build_marked_stack("edge", "UPDATE_ROLLBACK_COMPLETE", "notes/dev"),
            build_marked_stack("other-environment", "CREATE_COMPLETE", "notes/prod"),
            build_marked_stack("other-app", "CREATE_COMPLETE", "notes-web/dev"),
            build_marked_stack("planned", "REVIEW_IN_PROGRESS", "notes/dev"),
            build_marked_stack("going", "DELETE_IN_PROGRESS", "notes/dev"),
            build_stack("unmarked", "CREATE_COMPLETE"),
            nested,
        ];
        let marks = || ["notes/dev".to_owned()].into();
        // A single selected stack costs one call either way.
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        assert!(listing.wants_more());
        listing.add_page(Ok(Page::without_next(page))).unwrap();
        assert!(!listing.wants_more());
        let left = collect_orphaned_stacks(&marks(), [(None, "eu-west-1", &listing)]).unwrap();
        let names: Vec<&str> = left.stacks.iter().map(|one| one.stack.as_str()).collect();
        assert_eq!(names, ["edge"]);
        assert_eq!(left.stacks[0].account, "123456789012");
        assert_eq!(left.stacks[0].region, "eu-west-1");
        assert!(left.looked_at[0].complete);
        let unmarked = std::collections::BTreeSet::new();
        assert_eq!(
            collect_orphaned_stacks(&unmarked, [(None, "eu-west-1", &listing)]),
            None
        );
    }

    #[test]
    fn partial_listing_is_not_complete() {
        let marks = || ["notes/dev".to_owned()].into();
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        let page = vec![build_stack("a", "CREATE_COMPLETE")];
        listing
            .add_page(Ok(Page::new(page, Some("2".to_owned()))))
            .unwrap();
        // All selected stacks are found, so that later pages are not searched for stacks that left.
        assert!(!listing.wants_more());
        let left = collect_orphaned_stacks(&marks(), [(Some("1"), "eu-west-1", &listing)]).unwrap();
        assert!(!left.looked_at[0].complete);
        let denied = ApiError::new("CloudFormation", "DescribeStacks", "AccessDenied", "no");
        let mut listing = Listing::with_marks(["a".to_owned()].into(), marks());
        listing.add_page(Err(denied)).unwrap();
        let left = collect_orphaned_stacks(&marks(), [(None, "eu-west-1", &listing)]).unwrap();
        assert_eq!(left.looked_at, []);
    }

    #[test]
    fn denied_listing_falls_back_to_descriptions() {
        let error = |code: &str| {
            Err(ApiError::new(
                "CloudFormation",
                "DescribeStacks",
                code,
                "no",
            ))
        };
        let mut listing = Listing::new(["a".to_owned(), "b".to_owned()].into());
        listing.add_page(error("AccessDenied")).unwrap();
        assert!(!listing.wants_more());
        assert_eq!(listed_status(&listing, "a"), "unknown");
        let mut listing = Listing::new(["a".to_owned(), "b".to_owned()].into());
        assert_eq!(
            listing
                .add_page(error("InternalFailure"))
                .unwrap_err()
                .to_string(),
            "cannot list the stacks of the region"
        );
    }
}
