//! The stack `Shop`: 20 resources, converted by `import-template` from
//! `Shop.template.json`.
//!
//! Crates: `infra-lib` (features `events`, `iam`, `kms`, `logs`, `pipes`, `sns`, `sqs`), `serde_json`.

use infra_lib::cfn::{
    events::{self, rule},
    pipes::{self, pipe},
    sns,
};
use infra_lib::events::{Archive, ArchiveRetention, EventBus};
use infra_lib::iam::{Principal, Role, Statement};
use infra_lib::kms::{Alias as KmsAlias, Key};
use infra_lib::logs::{LogGroup, RetentionDays};
use infra_lib::sns::{Topic, TopicEncryption};
use infra_lib::sqs::{DeadLetterQueue, Queue};
use infra_lib::{App, Duration, Stack, pseudo, value};
use serde_json::json;

/// Adds the stack to the app.
pub fn shop(app: &App) -> Stack<'_> {
    let stack = Stack::new(app, "Shop");

    let bus = EventBus::builder()
        .event_bus_name("Shop-BusEA82B648")
        .build(stack, "Bus");

    Archive::builder()
        .source_arn(bus.arn().cast())
        .retention(ArchiveRetention::For(Duration::days(30)))
        .build(stack, "Archive");

    let failed = Queue::builder()
        .retention(Duration::days(14))
        .build(stack, "Failed");

    let orders = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Orders");

    let orders_placed45464_f83 = events::CfnRuleProps::new()
        .event_bus_name(bus.event_bus_name())
        .event_pattern(json!({ "source": ["shop"], "detail": { "kind": ["order"] } }))
        .state(rule::State::ENABLED)
        .targets([rule::Target::new(orders.arn(), "Target0")])
        .build(stack, "OrdersPlaced45464F83");

    orders.add_statement(
        Statement::allow()
            .principal(Principal::service("events.amazonaws.com"))
            .action("sqs:SendMessage")
            .resource(orders.arn())
            .condition(
                "ArnEquals",
                "aws:SourceArn",
                orders_placed45464_f83.attr_arn(),
            ),
    );

    let invoices = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "Invoices");

    let orders_to_pay_log_group733903_de = LogGroup::builder()
        .retention(RetentionDays::ONE_MONTH)
        .build(stack, "OrdersToPayLogGroup733903DE");
    orders_to_pay_log_group733903_de
        .cfn()
        .override_logical_id("OrdersToPayLogGroup733903DE");

    let orders_to_pay_role0640_cee8 = Role::builder()
        .assumed_by(Principal::service("pipes.amazonaws.com").condition(
            "StringEquals",
            "aws:SourceAccount",
            pseudo::account_id(),
        ))
        .statement(
            Statement::allow()
                .actions([
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ])
                .resource(orders.arn()),
        )
        .statement(
            Statement::allow()
                .action("sqs:SendMessage")
                .resource(invoices.arn()),
        )
        .statement(
            Statement::allow()
                .actions(["logs:CreateLogStream", "logs:PutLogEvents"])
                .resource(orders_to_pay_log_group733903_de.arn()),
        )
        .build(stack, "OrdersToPayRole0640CEE8");
    orders_to_pay_role0640_cee8
        .cfn()
        .override_logical_id("OrdersToPayRole0640CEE8");

    pipes::CfnPipeProps::new(pipes::CfnPipeRequired {
        role_arn: value(orders_to_pay_role0640_cee8.arn()),
        source: value(orders.arn()),
        target: value(invoices.arn()),
    })
    .desired_state(pipe::RequestedPipeState::RUNNING)
    .log_configuration(
        pipe::PipeLogConfiguration::new()
            .cloudwatch_logs_log_destination(
                pipe::CloudwatchLogsLogDestination::new()
                    .log_group_arn(orders_to_pay_log_group733903_de.arn()),
            )
            .level(pipe::LogLevel::ERROR),
    )
    .source_parameters(pipe::PipeSourceParameters::new().filter_criteria(
        pipe::FilterCriteria::new().filters([
            pipe::Filter::new().pattern(r#"{"body":{"detail":{"total":[{"numeric":[">",0]}]}}}"#),
        ]),
    ))
    .build(stack, "OrdersToPay5B4C5665");

    let key = Key::builder().build(stack, "Key");
    key.add_statement(
        Statement::allow()
            .principal(Principal::service("events.amazonaws.com"))
            .actions(["kms:Decrypt", "kms:GenerateDataKey*"])
            .resource("*"),
    );

    let key_alias910_d852_d = KmsAlias::builder()
        .alias_name("alias/shop-refunds")
        .key_arn(key.arn().cast())
        .build(stack, "KeyAlias910D852D");
    key_alias910_d852_d
        .cfn()
        .override_logical_id("KeyAlias910D852D");

    let refunds = Topic::builder()
        .encryption(TopicEncryption::key(key))
        .build(stack, "Refunds");

    let refunds_asked520_ae977 = events::CfnRuleProps::new()
        .event_bus_name(bus.event_bus_name())
        .event_pattern(json!({ "source": ["shop"], "detail": { "kind": ["refund"] } }))
        .state(rule::State::ENABLED)
        .targets([rule::Target::new(refunds.arn(), "Target0")])
        .build(stack, "RefundsAsked520AE977");

    refunds.add_statement(
        Statement::allow()
            .principal(Principal::service("events.amazonaws.com"))
            .action("sns:Publish")
            .resource(refunds.arn())
            .condition(
                "ArnEquals",
                "aws:SourceArn",
                refunds_asked520_ae977.attr_arn(),
            ),
    );

    let refund_desk = Queue::builder()
        .dead_letter_queue(DeadLetterQueue::new(&failed, 5))
        .build(stack, "RefundDesk");

    refund_desk.add_statement(
        Statement::allow()
            .principal(Principal::service("sns.amazonaws.com"))
            .action("sqs:SendMessage")
            .resource(refund_desk.arn())
            .condition("ArnEquals", "aws:SourceArn", refunds.arn()),
    );

    let refund_desk_shop_refunds_da923_b2163_c2_c271 =
        sns::CfnSubscriptionProps::new("sqs", refunds.arn())
            .endpoint(refund_desk.arn())
            .raw_message_delivery(true)
            .build(stack, "RefundDeskShopRefundsDA923B2163C2C271");
    refund_desk_shop_refunds_da923_b2163_c2_c271
        .override_attribute("DependsOn", json!(["RefundDeskPolicyADFC755B"]));

    stack
}
