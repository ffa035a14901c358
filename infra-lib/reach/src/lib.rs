//! Reachability in an app: network paths and IAM permissions over rendered templates, without calling AWS.
//!
//! [`World`] holds the resources of all stacks with resolved references; [`Reach`] answers questions about them. Answers have
//! three values: [`Answer::Yes`] and [`Answer::No`] hold whatever the templates leave open, everything else is
//! [`Answer::Possible`]. A [`Proof`] has the steps, each with the resource, the property and the source line.
//!
//! ```
//! use infra_reach::{Answer, Reach, Source, StackSource, World};
//! use infra_template::Template;
//!
//! let template = Template::parse("Resources:\n  Site: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Enabled: true } } }")?;
//! let stack = StackSource::builder().name("web").template(template).build();
//! let world = World::new(vec![stack]);
//! let reach = Reach::new(&world);
//! let site = reach.find("Site")?;
//! assert_eq!(reach.reaches(Source::Internet, site).answer(), Answer::Yes);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - [`Reach::reaches`] and [`Reach::may`] answer single questions, [`Reach::exposures`] lists everything that is reachable
//!   from outside, [`Reach::data_access`] who reaches each data store.
//! - [`opened_paths`] compares the exposures of two states.
//! - [`policy`] is the evaluator of IAM policies, which works without a graph.

mod answer;
mod atoms;
mod exposure;
mod identity;
mod network;
pub mod policy;
mod proof;
mod query;
mod review;
mod world;

pub use answer::Answer;
pub use atoms::{ANYTHING, Atom, AtomKind, Atoms};
pub use exposure::{DataAccess, Exposure, Outside, opened_paths};
pub use proof::{Place, Proof, Step};
pub use query::{ActionProof, Reach, Reached, Source};
pub use review::add_opened_paths;
pub use world::{NodeId, StackSource, UnknownName, World};
