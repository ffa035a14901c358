//! Documents of Systems Manager.

use super::DocumentContent;
use crate::cfn::ssm::document::UpdateMethod;
use crate::cfn::ssm::{CfnDocument, CfnDocumentProps};
use crate::construct::With;
use crate::core::{Name, Scope, Value};
use crate::kind;

crate::construct! {
    /// A document of Systems Manager: commands for instances, or steps of an automation.
    ///
    /// Creates an
    /// [`AWS::SSM::Document`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-document.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | changes of the content | a new version | a replacement |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::ssm::{CommandDocument, Document};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// Document::builder()
    ///     .content(
    ///         CommandDocument::new("Restart a unit")
    ///             .parameter("unit", "shop.service")
    ///             .shell_step("restart", ["systemctl restart {{ unit }}"])
    ///             .into(),
    ///     )
    ///     .build(stack, "Restart");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Document<'app>: "infra-lib.ssm.Document" {
        resource: CfnDocument<'app>,
    }

    /// Properties of a [`Document`], set through [`Document::builder`].
    pub struct DocumentProps, DocumentBuilder, document_builder {
        /// Content, from a [`CommandDocument`](super::CommandDocument), an
        /// [`AutomationDocument`](super::AutomationDocument), JSON or YAML.
        required content: DocumentContent,
        /// Name of the document. Default: a generated name.
        text document_name,
        /// Type of the resources on which the document runs, such as `/AWS::EC2::Instance`. Default: none.
        text target_type,
    }
}

impl<'app> Document<'app> {
    fn create(scope: Scope<'app>, props: DocumentProps<'app>) -> Self {
        let resource = CfnDocumentProps::new(props.content.content)
            .document_type(props.content.kind)
            .document_format(props.content.format)
            .update_method(UpdateMethod::NEW_VERSION)
            .with(props.document_name, CfnDocumentProps::name)
            .with(props.target_type, CfnDocumentProps::target_type)
            .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the document.
    pub fn document_name(&self) -> Value<Name<kind::ssm::Document>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the document.
    pub fn cfn(&self) -> CfnDocument<'app> {
        self.resource
    }
}
