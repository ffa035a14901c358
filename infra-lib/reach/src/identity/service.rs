//! Requests that services of AWS make on behalf of a resource of the app.

use super::policies::PolicySet;
use super::{data, decide, may};
use crate::answer::Answer;
use crate::policy::{Principal, Request};
use crate::proof::Proof;
use crate::world::{NodeId, World};

fn service_request(
    world: &World,
    service: &str,
    action: &str,
    target: NodeId,
    arn: String,
    source: Option<&str>,
) -> Request {
    let account = world.node(target).account.clone();
    let mut request = Request::new(
        Principal::Service(service.to_owned()),
        action,
        arn,
        account.clone(),
    );
    data::add_context(world, &mut request, target);
    if let Some(source) = source {
        request.context.set("aws:SourceArn", source);
    }
    request.context.set("aws:SourceAccount", account);
    request
}

/// Returns the proof that a distribution may read objects of a bucket: as CloudFront, if it signs its requests, else as anyone.
pub(crate) fn from_cloudfront(
    world: &World,
    distribution: NodeId,
    bucket: NodeId,
    signed: bool,
) -> Proof {
    if !signed {
        return super::anyone_may(world, "s3:GetObject", bucket);
    }
    let set = PolicySet::of_target(world, bucket);
    let arn = world.arn(distribution);
    let proofs = data::object_arns(world, bucket, "s3:GetObject")
        .into_iter()
        .map(|object| {
            let request = service_request(
                world,
                "cloudfront.amazonaws.com",
                "s3:GetObject",
                bucket,
                object,
                Some(&arn),
            );
            decide(world, &PolicySet::default(), &set, &request, bucket)
        });
    Proof::best(proofs).unwrap_or_default()
}

/// Returns the proof that a distribution may call a function URL.
pub(crate) fn url_from_cloudfront(
    world: &World,
    distribution: NodeId,
    url: NodeId,
    signed: bool,
) -> Proof {
    let open = super::super::query::url_is_open(world, url);
    if !signed || open.answer == Answer::Yes {
        return open;
    }
    let Some(function) = world.denoted_by(world.property(url, "TargetFunctionArn")) else {
        return open;
    };
    let set = PolicySet::of_target(world, function);
    let arn = world.arn(distribution);
    let mut request = service_request(
        world,
        "cloudfront.amazonaws.com",
        "lambda:InvokeFunctionUrl",
        function,
        world.arn(function),
        Some(&arn),
    );
    request.context.set("lambda:FunctionUrlAuthType", "AWS_IAM");
    decide(world, &PolicySet::default(), &set, &request, function)
}

/// Returns the proof that a service may invoke a function.
pub(crate) fn invoked_by_service(
    world: &World,
    function: NodeId,
    service: &str,
    source: Option<&str>,
) -> Proof {
    let set = PolicySet::of_target(world, function);
    let request = service_request(
        world,
        service,
        "lambda:InvokeFunction",
        function,
        world.arn(function),
        source,
    );
    decide(world, &PolicySet::default(), &set, &request, function)
}

/// Returns the proof that a role trusts a service.
pub(super) fn trusts(world: &World, role: NodeId, service: &str) -> Proof {
    let set = PolicySet::of_target(world, role);
    may(
        world,
        &PolicySet::default(),
        &set,
        &Principal::Service(service.to_owned()),
        "sts:AssumeRole",
        role,
    )
}
