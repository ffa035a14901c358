//! Transitions of files between storage classes.

use infra_cfn::efs::file_system::{
    LifecyclePolicy, LifecyclePolicyTransitionToArchive as ToArchive,
    LifecyclePolicyTransitionToIa as ToIa,
    LifecyclePolicyTransitionToPrimaryStorageClass as ToPrimary,
};

use super::Throughput;
use crate::{Diagnostic, Scope, codes};

macro_rules! ages {
    ($($days:literal: $name:ident = $constant:ident,)+) => {
        /// Time since the last access of a file, after which it moves to another storage class.
        ///
        /// Listing the files of a directory is no access of them.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum FileAge {
            $(
                #[doc = concat!("Number of days: ", $days, ".")]
                $name,
            )+
        }

        impl FileAge {
            /// Returns the number of days.
            pub const fn days(self) -> u32 {
                match self {
                    $(Self::$name => $days,)+
                }
            }

            fn to_ia(self) -> ToIa {
                match self {
                    $(Self::$name => ToIa::$constant,)+
                }
            }

            fn to_archive(self) -> ToArchive {
                match self {
                    $(Self::$name => ToArchive::$constant,)+
                }
            }
        }
    };
}

ages! {
    1: Days1 = AFTER_1_DAY,
    7: Days7 = AFTER_7_DAYS,
    14: Days14 = AFTER_14_DAYS,
    30: Days30 = AFTER_30_DAYS,
    60: Days60 = AFTER_60_DAYS,
    90: Days90 = AFTER_90_DAYS,
    180: Days180 = AFTER_180_DAYS,
    270: Days270 = AFTER_270_DAYS,
    365: Days365 = AFTER_365_DAYS,
}

/// Treatment of a file in Infrequent Access or Archive when a client accesses it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum AccessedFiles {
    /// The file stays in its storage class. The default here and in CloudFormation.
    #[default]
    Stay,
    /// The file returns to the Standard storage class at its first access.
    ReturnToStandard,
}

/// Transitions of the files of one file system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifecycle {
    pub(super) infrequent_access: Option<FileAge>,
    pub(super) archive: Option<FileAge>,
    pub(super) accessed: AccessedFiles,
}

impl Lifecycle {
    /// Returns the policies, one for each transition as EFS requires, or `None` without any.
    pub(super) fn policies(self) -> Option<Vec<LifecyclePolicy>> {
        let ia = self
            .infrequent_access
            .map(|age| LifecyclePolicy::new().transition_to_ia(age.to_ia()));
        let archive = self
            .archive
            .map(|age| LifecyclePolicy::new().transition_to_archive(age.to_archive()));
        let back = (self.accessed == AccessedFiles::ReturnToStandard).then(|| {
            LifecyclePolicy::new().transition_to_primary_storage_class(ToPrimary::AFTER_1_ACCESS)
        });
        let policies: Vec<_> = ia.into_iter().chain(back).chain(archive).collect();
        (!policies.is_empty()).then_some(policies)
    }

    pub(super) fn check_lifecycle(self, scope: Scope<'_>, throughput: Throughput) {
        let Some(archive) = self.archive else { return };
        let report = |message: &str| {
            Diagnostic::new(codes::FILE_SYSTEM_LIFECYCLE, message)
                .property("LifecyclePolicies")
                .url("https://docs.aws.amazon.com/efs/latest/ug/lifecycle-management-efs.html")
        };
        if throughput != Throughput::Elastic {
            scope.report(
                report("only file systems with elastic throughput have the Archive storage class")
                    .actual(format!("{throughput:?}"))
                    .expected("`Throughput::Elastic`")
                    .help(
                        "omit `transition_to_archive`, or set `.throughput(Throughput::Elastic)`",
                    ),
            );
        }
        if let Some(ia) = self.infrequent_access.filter(|ia| *ia >= archive) {
            scope.report(
                report("files would move to Archive before they move to Infrequent Access")
                    .actual(format!("Archive after {} days", archive.days()))
                    .expected(format!("more than {} days, the time for Infrequent Access", ia.days()))
                    .help("choose a later time for `transition_to_archive`, or omit `transition_to_infrequent_access`"),
            );
        }
    }
}
