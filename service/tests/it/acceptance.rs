//! What must never happen again: defects of the original, each with the tests that hold it out, wherever in the repository they are.

use std::fs;
use std::path::Path;

/// What is held, and by which tests: their file from the root of the repository, and their name. A file without a name is a program.
const HELD: [(&str, &[(&str, &str)]); 12] = [
    (
        "of two users, neither reads or writes rows of the other, by whatever operation",
        &[(
            "service/tests/it/tenancy.rs",
            "nobody_reaches_what_is_somebody_elses",
        )],
    ),
    (
        "pages show each note once",
        &[(
            "service/tests/it/notes.rs",
            "pages_follow_each_other_without_loss",
        )],
    ),
    (
        "what is archived and thrown away is in the trash, and comes back",
        &[(
            "service/tests/it/notes.rs",
            "archived_then_thrown_away_is_in_the_trash_and_comes_back_to_the_archive",
        )],
    ),
    (
        "a note can be pinned when it is made, and have nothing but a title",
        &[
            (
                "service/tests/it/notes.rs",
                "a_note_is_made_read_and_changed",
            ),
            (
                "service/tests/it/notes.rs",
                "an_empty_note_and_one_with_a_title_only_can_be_made",
            ),
        ],
    ),
    (
        "no input is answered with 500",
        &[
            (
                "service/tests/it/hostile.rs",
                "no_request_is_answered_with_a_defect",
            ),
            (
                "service/tests/it/search.rs",
                "nothing_that_is_typed_is_an_error",
            ),
            ("scripts/api-check", ""),
        ],
    ),
    (
        "SIGTERM under load costs no request, and ends with 0",
        &[(
            "service/tests/it/process.rs",
            "no_request_is_lost_when_sigterm_comes_under_load",
        )],
    ),
    (
        "a migration that fails ends with another code than 0, and the deployment stops there",
        &[
            (
                "service/tests/it/migrations.rs",
                "a_step_that_fails_leaves_nothing_and_says_so",
            ),
            (
                "infra-lib/cli/tests/it/running/migrating.rs",
                "a_migration_that_fails_ends_the_command_with_its_exit_code",
            ),
        ],
    ),
    (
        "guests are never more than there may be, cannot be signed in as, and end by a column of their row",
        &[
            ("service/tests/it/guests.rs", "fifty_at_once_are_ten_guests"),
            (
                "service/tests/it/guests.rs",
                "guests_may_not_do_what_needs_a_name",
            ),
            ("service/tests/it/guests.rs", "a_guest_ends_with_everything"),
        ],
    ),
    (
        "the log level is obeyed, values of queries are not logged, and identifiers of requests are short",
        &[
            ("service/tests/it/process.rs", "the_log_level_is_obeyed"),
            (
                "service/tests/it/logs.rs",
                "nothing_secret_is_logged_at_any_level",
            ),
            (
                "service/tests/it/middleware.rs",
                "a_request_id_is_kept_if_harmless_and_told_everywhere",
            ),
        ],
    ),
    (
        "what is deployed is encrypted, backed up, closed to the internet but for the edge, and grants little",
        &[
            (
                "infra-app/tests/it/promises.rs",
                "the_database_is_encrypted_backed_up_private_and_left_behind",
            ),
            (
                "infra-app/tests/it/promises.rs",
                "nothing_lets_the_whole_internet_in",
            ),
            (
                "infra-app/tests/it/promises.rs",
                "tasks_share_no_role_and_a_role_grants_what_it_names",
            ),
            ("infra-app/tests/it/promises.rs", "every_log_group_ends"),
        ],
    ),
    (
        "nothing that is stored runs in a browser",
        &[
            ("service/src/content/html.rs", "nothing_runs"),
            (
                "service/tests/it/middleware.rs",
                "every_response_is_hardened",
            ),
            (
                "service/tests/it/site.rs",
                "paths_of_the_page_are_answered_with_it",
            ),
        ],
    ),
    (
        "other sites' pages may use the API if the configuration names them",
        &[
            (
                "service/tests/it/middleware.rs",
                "only_configured_origins_get_through_a_preflight",
            ),
            (
                "service/tests/it/middleware.rs",
                "responses_are_readable_for_configured_origins_failures_too",
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
