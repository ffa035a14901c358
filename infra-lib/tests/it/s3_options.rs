//! Tests of notifications, replication and further options of buckets.

use infra_lib::assertions::{Match, Template};
use infra_lib::cfn::s3::bucket::{
    NoncurrentVersionTransitionStorageClass, ReplicationDestinationStorageClass,
    TransitionStorageClass,
};
use infra_lib::iam::{Principal, Role};
use infra_lib::kms::Key;
use infra_lib::lambda::{Alias, Code, Function, Runtime};
use infra_lib::s3::{
    ArchiveTiers, Bucket, BucketEncryption, BucketEvent, CorsMethod, CorsRule, LifecycleRule,
    Notification, ObjectLock, Replication, Versioning,
};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{Queue, QueueEncryption};
use infra_lib::{App, Duration, Size, Stack, bucket_name};
use serde_json::json;

const BUCKET: &str = "AWS::S3::Bucket";

fn function(stack: Stack<'_>) -> Function<'_> {
    Function::builder()
        .code(Code::inline("exports.handler = async () => {};"))
        .runtime(Runtime::Nodejs24)
        .handler("index.handler")
        .build(stack, "Function")
}

/// Returns the codes of the findings about a stack.
fn codes(build: impl for<'app> FnOnce(Stack<'app>)) -> Vec<String> {
    let app = App::new();
    build(Stack::new(&app, "Stack"));
    let found = app.synth();
    let codes = found.findings().iter();
    codes.map(|one| one.code.as_str().to_owned()).collect()
}

#[test]
fn notifies_function_that_reads_bucket_without_circle() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Files");
        let function = function(stack);
        bucket.grant_read(&function);
        bucket.notify(
            &function,
            &Notification::on(BucketEvent::Created)
                .and_on(BucketEvent::Removed)
                .prefix("in/")
                .suffix(".png"),
        );
    });
    let filter = json!({ "S3Key": { "Rules": [
        { "Name": "prefix", "Value": "in/" },
        { "Name": "suffix", "Value": ".png" },
    ] } });
    template.has_resource(
        BUCKET,
        json!({
            "DependsOn": Match::any(),
            "Properties": { "NotificationConfiguration": { "LambdaConfigurations": [
                { "Event": "s3:ObjectCreated:*", "Filter": filter, "Function": Match::any() },
                { "Event": "s3:ObjectRemoved:*", "Filter": filter, "Function": Match::any() },
            ] } },
        }),
    );
    template.has_resource(
        "AWS::Lambda::Permission",
        json!({ "Properties": {
            "Principal": "s3.amazonaws.com",
            "SourceAccount": { "Ref": "AWS::AccountId" },
            "SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:s3:::*" },
        } }),
    );
    template.resource_count("AWS::IAM::RolePolicy", 1);
}

#[test]
fn permits_bucket_by_name_if_name_is_given() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder()
            .bucket_name(bucket_name!("notes-files"))
            .build(stack, "Files");
        bucket.notify(&function(stack), &Notification::on(BucketEvent::Created));
    });
    template.has_resource(
        "AWS::Lambda::Permission",
        json!({ "Properties": {
            "SourceArn": { "Fn::Sub": "arn:${AWS::Partition}:s3:::notes-files" },
        } }),
    );
}

#[test]
fn notifies_function_of_other_stack_that_reads_bucket() {
    let app = App::new();
    let functions = Stack::new(&app, "Functions");
    let data = Stack::new(&app, "Data");
    let reader = function(functions);
    let bucket = Bucket::builder().build(data, "Files");
    bucket.grant_read(&reader);
    bucket.notify(&reader, &Notification::on(BucketEvent::Created));
    let synthesis = app.synth();
    assert!(
        synthesis.findings().is_empty(),
        "{:?}",
        synthesis.findings()
    );
    Template::of(&synthesis, "Functions").resource_count("AWS::Lambda::Permission", 1);
    let template = Template::of(&synthesis, "Data");
    template.resource_count("AWS::IAM::RolePolicy", 1);
    template.has_resource(
        BUCKET,
        json!({ "Properties": { "NotificationConfiguration": { "LambdaConfigurations": [
            { "Event": "s3:ObjectCreated:*", "Filter": Match::absent() },
        ] } } }),
    );
}

#[test]
fn notifies_alias_of_function() {
    let template = Template::of_stack(|stack| {
        let live = Alias::builder()
            .alias_name("live")
            .version(function(stack).current_version())
            .build(stack, "Live");
        let bucket = Bucket::builder().build(stack, "Files");
        bucket.notify(&live, &Notification::on(BucketEvent::Tagged));
    });
    template.has_resource(
        BUCKET,
        json!({ "DependsOn": Match::any(), "Properties": { "NotificationConfiguration": {
            "LambdaConfigurations": [
                { "Event": "s3:ObjectTagging:*", "Function": { "Fn::Sub": Match::any() } },
            ],
        } } }),
    );
    template.has_resource(
        "AWS::Lambda::Permission",
        json!({ "Properties": { "FunctionName": { "Ref": Match::any() } } }),
    );
}

#[test]
fn notifies_queue_and_topic_with_keys() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let queue = Queue::builder()
            .encryption(QueueEncryption::key(key))
            .build(stack, "Queue");
        let topic = Topic::builder()
            .encryption(TopicEncryption::key(key))
            .build(stack, "Topic");
        let bucket = Bucket::builder().build(stack, "Files");
        let images = Notification::on(BucketEvent::Created).suffix(".png");
        bucket.notify(&queue, &images);
        bucket.notify(&topic, &Notification::on(BucketEvent::Deleted));
        bucket.send_events_to_event_bridge();
    });
    template.has_resource(
        BUCKET,
        json!({
            "DependsOn": Match::any(),
            "Properties": { "NotificationConfiguration": {
                "QueueConfigurations": [{ "Event": "s3:ObjectCreated:*", "Queue": Match::any() }],
                "TopicConfigurations": [{ "Event": "s3:ObjectRemoved:Delete", "Topic": Match::any() }],
                "EventBridgeConfiguration": { "EventBridgeEnabled": true },
            } },
        }),
    );
    let statement = |action: &str| {
        json!({ "Properties": { "PolicyDocument": { "Statement": Match::list_with(json!([{
            "Effect": "Allow",
            "Action": action,
            "Principal": { "Service": "s3.amazonaws.com" },
            "Condition": {
                "StringEquals": { "aws:SourceAccount": { "Ref": "AWS::AccountId" } },
                "ArnLike": { "aws:SourceArn": Match::any() },
            },
        }])) } } })
    };
    template.has_resource("AWS::SQS::QueuePolicy", statement("sqs:SendMessage"));
    template.has_resource("AWS::SNS::TopicPolicy", statement("sns:Publish"));
    template.has_resource(
        "AWS::KMS::Key",
        json!({ "Properties": { "KeyPolicy": { "Statement": Match::list_with(json!([{
            "Principal": { "Service": "s3.amazonaws.com" },
        }])) } } }),
    );
}

#[test]
fn rejects_overlapping_notifications() {
    let found = |one: Notification, two: Notification| {
        codes(|stack| {
            let bucket = Bucket::builder().build(stack, "Files");
            let first = Queue::builder().build(stack, "First");
            let second = Queue::builder().build(stack, "Second");
            bucket.notify(&first, &one);
            bucket.notify(&second, &two);
        })
    };
    let created = || Notification::on(BucketEvent::Created);
    assert_eq!(found(created(), created()), ["INF4505"]);
    assert_eq!(
        found(created().prefix("a/"), created().prefix("a/b/")),
        ["INF4505"]
    );
    assert_eq!(
        found(created().prefix("a/"), created().suffix(".png")),
        ["INF4505"]
    );
    assert_eq!(
        found(created(), Notification::on(BucketEvent::CreatedByPut)),
        ["INF4505"]
    );
    assert!(found(created().prefix("a/"), created().prefix("b/")).is_empty());
    assert!(found(created().suffix(".png"), created().suffix(".jpg")).is_empty());
    assert!(found(created(), Notification::on(BucketEvent::Removed)).is_empty());
    let put = Notification::on(BucketEvent::CreatedByPut);
    assert!(found(put, Notification::on(BucketEvent::CreatedByCopy)).is_empty());
}

#[test]
fn warns_about_function_that_writes_into_notifying_bucket() {
    let found = |notification: Notification, writes: bool| {
        codes(|stack| {
            let bucket = Bucket::builder().build(stack, "Files");
            let function = function(stack);
            if writes {
                bucket.grant_read_write(&function);
            } else {
                bucket.grant_read(&function);
                let other = Bucket::builder().build(stack, "Other");
                other.grant_put(&function);
            }
            bucket.notify(&function, &notification);
        })
    };
    let created = || Notification::on(BucketEvent::Created);
    assert_eq!(found(created(), true), ["INF4506"]);
    assert!(found(created().prefix("in/"), true).is_empty());
    assert!(found(Notification::on(BucketEvent::Removed), true).is_empty());
    assert!(found(created(), false).is_empty());
}

#[test]
fn rejects_notifications_of_imported_bucket_and_to_managed_key() {
    let found = codes(|stack| {
        let bucket = Bucket::from_bucket_name(stack, "Files", "files", None);
        let queue = Queue::builder().build(stack, "Queue");
        bucket.notify(&queue, &Notification::on(BucketEvent::Created));
        bucket.send_events_to_event_bridge();
    });
    assert_eq!(found, ["INF4507", "INF4507"]);
    let found = codes(|stack| {
        let topic = Topic::builder().build(stack, "Topic");
        let bucket = Bucket::builder().build(stack, "Files");
        bucket.notify(&topic, &Notification::on(BucketEvent::Created));
    });
    assert_eq!(found, ["INF4507"]);
}

#[test]
fn replicates_to_bucket_with_key() {
    let template = Template::of_stack(|stack| {
        let key = Key::builder().build(stack, "Key");
        let copies = Bucket::builder()
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Copies");
        let files = Bucket::builder()
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Files");
        files.replicate(
            Replication::to(copies)
                .prefix("notes/")
                .storage_class(ReplicationDestinationStorageClass::STANDARD_IA)
                .with_delete_markers()
                .within_15_minutes(),
        );
        assert!(files.replication_role_arn().is_some());
        assert!(copies.replication_role_arn().is_none());
    });
    template.has_resource(
        BUCKET,
        json!({ "Properties": { "ReplicationConfiguration": {
            "Role": { "Fn::GetAtt": [Match::any(), "Arn"] },
            "Rules": [{
                "Id": "Rule1",
                "Priority": 1,
                "Status": "Enabled",
                "Filter": { "Prefix": "notes/" },
                "DeleteMarkerReplication": { "Status": "Enabled" },
                "SourceSelectionCriteria": { "SseKmsEncryptedObjects": { "Status": "Enabled" } },
                "Destination": {
                    "StorageClass": "STANDARD_IA",
                    "ReplicationTime": { "Status": "Enabled", "Time": { "Minutes": 15 } },
                    "Metrics": { "Status": "Enabled", "EventThreshold": { "Minutes": 15 } },
                    "EncryptionConfiguration": { "ReplicaKmsKeyID": Match::any() },
                },
            }],
        } } }),
    );
}

#[test]
fn replicates_to_two_buckets_with_one_role() {
    let template = Template::of_stack(|stack| {
        let copies = Bucket::builder().build(stack, "Copies");
        let other = Bucket::from_bucket_name(stack, "Other", "other-account", None);
        let files = Bucket::builder().build(stack, "Files");
        files.replicate(Replication::to(copies));
        files.replicate(Replication::to(other).account("111122223333"));
    });
    template.resource_count("AWS::IAM::Role", 1);
    template.has_resource(
        BUCKET,
        json!({ "Properties": { "ReplicationConfiguration": { "Rules": [
            { "Priority": 1, "SourceSelectionCriteria": Match::absent(), "DeleteMarkerReplication": { "Status": "Disabled" } },
            { "Priority": 2, "Destination": {
                "Account": "111122223333",
                "AccessControlTranslation": { "Owner": "Destination" },
            } },
        ] } } }),
    );
}

#[test]
fn rejects_replication_without_versions_or_key() {
    let found = codes(|stack| {
        let copies = Bucket::builder()
            .versioning(Versioning::Off)
            .build(stack, "Copies");
        let files = Bucket::builder().build(stack, "Files");
        files.replicate(Replication::to(copies));
    });
    assert_eq!(found, ["INF4509"]);
    let found = codes(|stack| {
        let key = Key::builder().build(stack, "Key");
        let copies = Bucket::builder().build(stack, "Copies");
        let files = Bucket::builder()
            .encryption(BucketEncryption::kms(key))
            .build(stack, "Files");
        files.replicate(Replication::to(copies));
    });
    assert_eq!(found, ["INF4509"]);
    let found = codes(|stack| {
        let copies = Bucket::builder().build(stack, "Copies");
        let files = Bucket::from_bucket_name(stack, "Files", "files", None);
        files.replicate(Replication::to(copies));
    });
    assert_eq!(found, ["INF4509"]);
}

#[test]
fn renders_cors_lock_tiers_and_acceleration() {
    let template = Template::of_stack(|stack| {
        Bucket::builder()
            .cors_rule(
                CorsRule::new(CorsMethod::Put, "https://app.example.com")
                    .allow_method(CorsMethod::Get)
                    .allow_origin("https://www.example.com")
                    .allow_header("content-type")
                    .expose_header("ETag")
                    .max_age(Duration::hours(1)),
            )
            .object_lock(ObjectLock::Governance(Duration::days(30)))
            .archive_tiers(
                ArchiveTiers::new("reports")
                    .prefix("reports/")
                    .tag("kind", "report")
                    .archive_after(Duration::days(90))
                    .deep_archive_after(Duration::days(180)),
            )
            .transfer_acceleration(true)
            .build(stack, "Files");
    });
    template.has_resource(
        BUCKET,
        json!({ "Properties": {
            "CorsConfiguration": { "CorsRules": [{
                "AllowedMethods": ["PUT", "GET"],
                "AllowedOrigins": ["https://app.example.com", "https://www.example.com"],
                "AllowedHeaders": ["content-type"],
                "ExposedHeaders": ["ETag"],
                "MaxAge": 3600,
            }] },
            "ObjectLockEnabled": true,
            "ObjectLockConfiguration": {
                "ObjectLockEnabled": "Enabled",
                "Rule": { "DefaultRetention": { "Mode": "GOVERNANCE", "Days": 30 } },
            },
            "IntelligentTieringConfigurations": [{
                "Id": "reports",
                "Status": "Enabled",
                "Prefix": "reports/",
                "TagFilters": [{ "Key": "kind", "Value": "report" }],
                "Tierings": [
                    { "AccessTier": "ARCHIVE_ACCESS", "Days": 90 },
                    { "AccessTier": "DEEP_ARCHIVE_ACCESS", "Days": 180 },
                ],
            }],
            "AccelerateConfiguration": { "AccelerationStatus": "Enabled" },
        } }),
    );
}

#[test]
fn rejects_object_lock_without_versions() {
    let found = codes(|stack| {
        Bucket::builder()
            .versioning(Versioning::Off)
            .object_lock(ObjectLock::Each)
            .build(stack, "Files");
    });
    assert_eq!(found, ["INF4509"]);
}

#[test]
fn renders_lifecycle_rule_by_tag_and_size() {
    let template = Template::of_stack(|stack| {
        Bucket::builder()
            .lifecycle_rule(
                LifecycleRule::new("reports")
                    .prefix("reports/")
                    .tag("kind", "report")
                    .larger_than(Size::mib(1))
                    .smaller_than(Size::gib(1))
                    .transition_after(Duration::days(30), TransitionStorageClass::STANDARD_IA)
                    .expire_after(Duration::days(365))
                    .expire_noncurrent_after(Duration::days(60))
                    .keep_noncurrent_versions(3)
                    .transition_noncurrent_after(
                        Duration::days(30),
                        NoncurrentVersionTransitionStorageClass::GLACIER_IR,
                    ),
            )
            .lifecycle_rule(LifecycleRule::new("markers").remove_expired_delete_markers())
            .build(stack, "Files");
    });
    template.has_resource(
        BUCKET,
        json!({ "Properties": { "LifecycleConfiguration": { "Rules": Match::list_with(json!([
            {
                "Id": "reports",
                "Prefix": "reports/",
                "TagFilters": [{ "Key": "kind", "Value": "report" }],
                "ObjectSizeGreaterThan": "1048576",
                "ObjectSizeLessThan": "1073741824",
                "Transitions": [{ "StorageClass": "STANDARD_IA", "TransitionInDays": 30 }],
                "ExpirationInDays": 365,
                "NoncurrentVersionExpiration": { "NoncurrentDays": 60, "NewerNoncurrentVersions": 3 },
                "NoncurrentVersionTransitions": [{ "StorageClass": "GLACIER_IR", "TransitionInDays": 30 }],
            },
            { "Id": "markers", "ExpiredObjectDeleteMarker": true },
        ])) } } }),
    );
}

#[test]
fn rejects_lifecycle_rules_with_parts_that_exclude_each_other() {
    let found = |rule: LifecycleRule| {
        codes(|stack| {
            Bucket::builder().lifecycle_rule(rule).build(stack, "Files");
        })
    };
    let rule = || LifecycleRule::new("rule");
    let day = Duration::days(1);
    let tagged = rule().tag("a", "b").abort_incomplete_uploads_after(day);
    assert_eq!(found(tagged), ["INF4508"]);
    let sized = rule()
        .larger_than(Size::mib(1))
        .remove_expired_delete_markers();
    assert_eq!(found(sized), ["INF4508"]);
    let both = rule().expire_after(day).remove_expired_delete_markers();
    assert_eq!(found(both), ["INF4508"]);
    let early = rule().transition_after(Duration::days(29), TransitionStorageClass::ONEZONE_IA);
    assert_eq!(found(early), ["INF4508"]);
    let late = rule()
        .transition_after(Duration::days(40), TransitionStorageClass::GLACIER)
        .expire_after(Duration::days(40));
    assert_eq!(found(late), ["INF4508"]);
    assert_eq!(found(rule().keep_noncurrent_versions(3)), ["INF4508"]);
    let many = rule()
        .expire_noncurrent_after(day)
        .keep_noncurrent_versions(101);
    assert_eq!(found(many), ["INF4508"]);
    let early = rule().transition_after(day, TransitionStorageClass::GLACIER);
    assert!(found(early).is_empty());
}

#[test]
fn grants_access_below_prefix() {
    let template = Template::of_stack(|stack| {
        let bucket = Bucket::builder().build(stack, "Files");
        let role = Role::builder()
            .assumed_by(Principal::service("ecs-tasks.amazonaws.com"))
            .build(stack, "Role");
        bucket.grant_read_prefix(&role, "reports/");
        bucket.grant_put_prefix(&role, "uploads/");
    });
    template.has_resource(
        "AWS::IAM::Role",
        json!({ "Properties": { "Policies": [{ "PolicyDocument": { "Statement":
            Match::list_with(json!([
                {
                    "Action": "s3:ListBucket",
                    "Condition": { "StringLike": { "s3:prefix": "reports/*" } },
                },
                {
                    "Action": ["s3:GetObject", "s3:GetObjectVersion"],
                    "Resource": { "Fn::Sub": Match::any() },
                },
                { "Action": ["s3:PutObject", "s3:AbortMultipartUpload"] },
            ])) } }] } }),
    );
}
