//! Defects of the original that must not return, each with the tests of the repository that detect it.

use std::fs;
use std::path::Path;

/// Requirements, each with its tests: path from the root of the repository, and name. A file without a name is a program.
const HELD: [(&str, &[(&str, &str)]); 12] = [
    (
        "of two users, neither reads or writes rows of the other, by whatever operation",
        &[(
            "service/tests/it/tenancy.rs",
            "denies_access_to_data_of_other_users",
        )],
    ),
    (
        "pages show each note once",
        &[(
            "service/tests/it/notes.rs",
            "lists_all_notes_once_across_pages",
        )],
    ),
    (
        "what is archived and thrown away is in the trash, and comes back",
        &[(
            "service/tests/it/notes.rs",
            "restores_trashed_note_to_the_archive",
        )],
    ),
    (
        "a note can be pinned when it is made, and have nothing but a title",
        &[
            (
                "service/tests/it/notes.rs",
                "creates_reads_and_changes_note",
            ),
            (
                "service/tests/it/notes.rs",
                "creates_empty_note_and_note_with_title_only",
            ),
        ],
    ),
    (
        "no input is answered with 500",
        &[
            (
                "service/tests/it/hostile.rs",
                "answers_malformed_requests_without_500",
            ),
            (
                "service/tests/it/search.rs",
                "accepts_any_typed_search_query",
            ),
            ("scripts/api-check", ""),
        ],
    ),
    (
        "SIGTERM under load costs no request, and ends with 0",
        &[(
            "service/tests/it/process.rs",
            "answers_all_requests_on_sigterm_under_load",
        )],
    ),
    (
        "a migration that fails ends with another code than 0, and the deployment stops there",
        &[
            (
                "service/tests/it/migrations.rs",
                "rolls_back_and_reports_failed_migration",
            ),
            (
                "infra-lib/cli/tests/it/running/migrating.rs",
                "returns_exit_code_of_failed_migration",
            ),
        ],
    ),
    (
        "guests are never more than there may be, cannot be signed in as, and end by a column of their row",
        &[
            (
                "service/tests/it/guests.rs",
                "limits_concurrent_guests_to_ten",
            ),
            (
                "service/tests/it/guests.rs",
                "rejects_account_operations_of_guests",
            ),
            (
                "service/tests/it/guests.rs",
                "deletes_expired_guest_with_all_data",
            ),
        ],
    ),
    (
        "the log level is obeyed, values of queries are not logged, and identifiers of requests are short",
        &[
            (
                "service/tests/it/process.rs",
                "applies_configured_log_level",
            ),
            ("service/tests/it/logs.rs", "logs_no_secrets_at_any_level"),
            (
                "service/tests/it/middleware.rs",
                "keeps_safe_request_id_in_headers_and_problems",
            ),
        ],
    ),
    (
        "what is deployed is encrypted, backed up, closed to the internet but for the edge, and grants little",
        &[
            (
                "infra-app/tests/it/promises.rs",
                "encrypts_backs_up_isolates_and_snapshots_database",
            ),
            (
                "infra-app/tests/it/promises.rs",
                "opens_no_security_group_to_internet",
            ),
            (
                "infra-app/tests/it/promises.rs",
                "separates_task_roles_and_avoids_wildcard_permissions",
            ),
            (
                "infra-app/tests/it/promises.rs",
                "sets_retention_of_all_log_groups",
            ),
        ],
    ),
    (
        "nothing that is stored runs in a browser",
        &[
            ("service/src/content/html.rs", "drops_active_content"),
            (
                "service/tests/it/middleware.rs",
                "sets_security_headers_on_all_responses",
            ),
            (
                "service/tests/it/site.rs",
                "serves_index_page_for_page_paths",
            ),
        ],
    ),
    (
        "other sites' pages may use the API if the configuration names them",
        &[
            (
                "service/tests/it/middleware.rs",
                "allows_preflight_of_configured_origins_only",
            ),
            (
                "service/tests/it/middleware.rs",
                "sets_cors_headers_on_failures_for_allowed_origins",
            ),
        ],
    ),
];

#[test]
fn lists_existing_tests_for_all_original_defects() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (held, tests) in HELD {
        for (file, name) in tests {
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            let marks = ["#[test]", "#[tokio::test", "on_both_databases!"];
            let there = text.contains(&format!("fn {name}("))
                && marks.iter().any(|mark| text.contains(mark));
            assert!(
                if name.is_empty() {
                    !text.is_empty()
                } else {
                    there
                },
                "{held}: there is no test `{name}` in {file}"
            );
        }
    }
}
