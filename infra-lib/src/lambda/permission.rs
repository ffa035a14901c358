//! Permissions of services and accounts to invoke a function.

use crate::cfn::lambda::permission::FunctionUrlAuthType;
use crate::cfn::lambda::{CfnPermission, CfnPermissionProps, CfnPermissionRequired};
use crate::construct::With;
use crate::core::{Arn, Data, Diagnostic, Scope, Value, codes, value};
use crate::kind;

use super::invoke::INVOKE;

crate::construct! {
    /// A permission of a service, account or role to invoke a function, in the policy of the function.
    ///
    /// Creates an
    /// [`AWS::Lambda::Permission`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html).
    /// [`Function::grant_invoke`](super::Function::grant_invoke) adds one to the function. This construct adds it
    /// elsewhere, for instance in the stack of a rule that invokes a function of another stack: the stack of the rule
    /// depends on that of the function, so the function cannot name the rule. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | function and principal | required | required |
    /// | action | `lambda:InvokeFunction` | required |
    /// | source ARN and source account | none | none |
    /// | organization | none | none |
    ///
    /// A permission of a service without a source is reported (`INF4905`): every customer of the service could then
    /// make it invoke the function.
    ///
    /// ```
    /// use infra_lib::lambda::{Code, Function, Permission, Runtime};
    /// use infra_lib::sns::Topic;
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let data = Stack::new(&app, "Functions");
    /// let function = Function::builder()
    ///     .runtime(Runtime::Nodejs24)
    ///     .handler("index.handler")
    ///     .code(Code::inline("exports.handler = async () => {};"))
    ///     .build(data, "Receive");
    /// let stack = Stack::new(&app, "Events");
    /// let topic = Topic::builder().build(stack, "Topic");
    /// Permission::builder()
    ///     .function(&function)
    ///     .principal("sns.amazonaws.com")
    ///     .source_arn(topic.arn())
    ///     .build(stack, "Permission");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Permission<'app>: "infra-lib.lambda.Permission" {
        resource: CfnPermission<'app>,
    }

    /// Properties of a [`Permission`], set through [`Permission::builder`].
    pub struct PermissionProps, PermissionBuilder, permission_builder {
        /// Function, version or alias that may be invoked: a construct, or an ARN.
        required_value function: Arn<kind::lambda::Function>,
        /// Principal that may invoke the function: a service such as `events.amazonaws.com`, an account, a role, or `*`.
        required_value principal: String,
        /// ARN of the resource on whose behalf the service invokes the function; `*` and `?` match any text. Default:
        /// any resource, as in CloudFormation.
        text source_arn,
        /// Account of that resource. Needed for sources whose ARN has no account, such as buckets. Default: any account,
        /// as in CloudFormation.
        text source_account,
        /// Organization to which the principal must belong. Default: none, as in CloudFormation.
        text organization_id,
        /// Action that is permitted. Default: `lambda:InvokeFunction`.
        text action,
    }
}

impl PermissionProps<'_> {
    pub(super) fn of(
        function: Value<Arn<kind::lambda::Function>>,
        principal: Value<String>,
    ) -> Self {
        Permission::builder()
            .function(function)
            .principal(principal)
            .props()
    }

    pub(super) fn set_action(&mut self, action: &str) {
        self.action = Some(value(action));
    }

    pub(super) fn set_source_arn(&mut self, arn: Value<String>) {
        self.source_arn = Some(arn);
    }

    pub(super) fn set_source_account(&mut self, id: Value<String>) {
        self.source_account = Some(id);
    }

    pub(super) fn set_organization(&mut self, id: Value<String>) {
        self.organization_id = Some(id);
    }

    fn cfn(self) -> CfnPermissionProps {
        CfnPermissionProps::new(CfnPermissionRequired {
            action: self.action.unwrap_or_else(|| value(INVOKE)),
            function_name: self.function.cast(),
            principal: self.principal,
        })
        .with(self.source_arn, CfnPermissionProps::source_arn)
        .with(self.source_account, CfnPermissionProps::source_account)
        .with(self.organization_id, CfnPermissionProps::principal_org_id)
    }
}

impl<'app> Permission<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: PermissionProps<'app>) -> Self {
        check_source(scope, &props);
        let resource = props.cfn().build(scope, "Resource");
        Self { scope, resource }
    }

    /// Adds a permission to a function, unless it has an equal one.
    #[track_caller]
    pub(super) fn add(function: Scope<'app>, props: PermissionProps<'app>) {
        let name = props.principal.as_literal().unwrap_or("Principal");
        let name = format!("Invoke-{}", name.replace('/', "-"));
        check_source(function, &props);
        let cfn = props.cfn();
        let wanted = Data::from(cfn.clone().into_props());
        let names = std::iter::once(name.clone()).chain((2..).map(|copy| format!("{name}-{copy}")));
        for id in names {
            let Some(child) = function.child(&id) else {
                cfn.build(function, &id);
                return;
            };
            let made = child.as_resource().map(|made| Data::from(made.props()));
            if made.as_ref() == Some(&wanted) {
                return;
            }
        }
    }

    /// Adds a permission under an id, unless there is one.
    #[track_caller]
    pub(super) fn add_named(scope: Scope<'app>, id: &str, props: PermissionProps<'app>) {
        if scope.child(id).is_none() {
            check_source(scope, &props);
            props.cfn().build(scope, id);
        }
    }

    /// Adds the permissions with which every client may call a public function URL.
    pub(super) fn add_public_url(
        scope: Scope<'app>,
        function: &Value<Arn<kind::lambda::Function>>,
    ) {
        let required = |action: &str| CfnPermissionRequired {
            action: value(action),
            function_name: function.clone().cast(),
            principal: value("*"),
        };
        CfnPermissionProps::new(required("lambda:InvokeFunctionUrl"))
            .function_url_auth_type(FunctionUrlAuthType::NONE)
            .build(scope, "InvokeUrl");
        CfnPermissionProps::new(required(INVOKE))
            .invoked_via_function_url(true)
            .build(scope, "InvokeFunction");
    }

    /// Returns the L1 binding of the permission.
    pub fn cfn(&self) -> CfnPermission<'app> {
        self.resource
    }
}

/// Reports a service that may invoke the function for any account (`INF4905`).
#[track_caller]
fn check_source(scope: Scope<'_>, props: &PermissionProps<'_>) {
    let service = props
        .principal
        .as_literal()
        .filter(|name| name.ends_with(".amazonaws.com"));
    let is_limited = props.source_arn.is_some()
        || props.source_account.is_some()
        || props.organization_id.is_some();
    if let Some(service) = service
        && !is_limited
    {
        scope.report(
            Diagnostic::new(
                codes::INVOKE_WITHOUT_SOURCE,
                format!("`{service}` may invoke the function on behalf of any account"),
            )
            .origin(std::panic::Location::caller())
            .property("SourceArn")
            .help("name the source: `.source_arn(rule.arn())`, or `Principal::service(…).condition(\"ArnLike\", \"aws:SourceArn\", …)` with `grant_invoke`")
            .url("https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html"),
        );
    }
}
