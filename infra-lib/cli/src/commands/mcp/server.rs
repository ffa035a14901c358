//! Implements the server of the protocol, which passes jobs to the thread of the command.

use std::io::Cursor;
use std::sync::mpsc;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ErrorData, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, ServerCapabilities,
    ServerConfig, Tool as ListedTool, ToolAnnotations,
};
use rmcp::service::{RequestContext, ServerInitializeError};
use rmcp::{RoleServer, ServerHandler, ServiceExt as _};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;

use super::answer::Answer;
use super::project;
use super::resources::{self, Address};
use super::streams::{self, RecordedStream};
use super::tool::JsonObject;
use super::{TOOLS, Tool, Work};
use crate::process::Protocol;
use crate::session::Session;

/// Guidance for agents, returned by `initialize`.
const INSTRUCTIONS: &str = "\
Tools for a project whose AWS infrastructure is a Rust program written with infra-lib, or any app that writes a cloud assembly of the CDK. Every tool only reads.
Writing code: `find_construct` finds constructs and resource types by words, `describe_type` lists properties with allowed values.
After an edit: `validate` returns the findings with file, line and correction; `explain_code` explains the code of a finding.
Before a deployment: `synth` lists the stacks, `diff` shows what would change against what is deployed, a folder or a git revision, and `show_plan` shows the change sets that were planned.
`synth`, `validate`, `diff` and `show_plan` run the app, which cargo may have to compile first. `diff` against `deployed` and `show_plan` need AWS credentials. Deployments are started by people, with `infra deploy`.
Resources: the pages of the book (`infra://book/…`) and of codes (`infra://codes/INF1001`), JSON Schemas of outputs and files (`infra://schemas/…`), and templates of the app's stacks (`infra://stacks/NAME`).";

/// A call to run in the thread of the command.
pub(super) struct Job {
    work: fn(&mut Session<'_>, JsonObject) -> Answer,
    arguments: JsonObject,
    reply: oneshot::Sender<Answer>,
}

impl Job {
    /// Runs the call and sends its answer, unless the agent has cancelled it.
    pub(super) fn execute_call(self, session: &mut Session<'_>) {
        if self.reply.is_closed() {
            return;
        }
        let answer = (self.work)(session, self.arguments);
        // The agent may have disconnected in the meantime.
        let _ = self.reply.send(answer);
    }
}

/// Serves until the peer closes its stream. Returns the output for a test, and nothing for standard streams.
pub(super) fn serve_protocol(
    protocol: Protocol,
    jobs: mpsc::Sender<Job>,
) -> Result<Vec<u8>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let server = Server { jobs };
    let ended = match protocol {
        Protocol::Streams => runtime.block_on(async {
            let output = streams::standard_output().map_err(|error| error.to_string())?;
            serve_streams(server, tokio::io::stdin(), output).await?;
            Ok(Vec::new())
        }),
        Protocol::Script(input) => runtime.block_on(async {
            let written = RecordedStream::default();
            serve_streams(server, Cursor::new(input), written.clone()).await?;
            Ok(written.take_output())
        }),
    };
    // A pending read of standard input must not keep the process from exiting.
    runtime.shutdown_background();
    ended
}

async fn serve_streams(
    server: Server,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> Result<(), String> {
    let service = match server.serve((input, output)).await {
        Ok(service) => service,
        // The peer disconnected before it sent a request.
        Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    service.waiting().await.map_err(|error| error.to_string())?;
    Ok(())
}

struct Server {
    jobs: mpsc::Sender<Job>,
}

impl Server {
    async fn answer_call(&self, tool: &Tool, arguments: JsonObject) -> Answer {
        match tool.work {
            Work::Offline(work) => work(arguments),
            Work::Project(work) => self.run_in_session(work, arguments).await,
        }
    }

    /// Runs a call in the thread of the command, and waits for its answer.
    async fn run_in_session(
        &self,
        work: fn(&mut Session<'_>, JsonObject) -> Answer,
        arguments: JsonObject,
    ) -> Answer {
        let (reply, answer) = oneshot::channel();
        let job = Job {
            work,
            arguments,
            reply,
        };
        let ended = || Answer::from_error("error: the server is shutting down\n");
        if self.jobs.send(job).is_err() {
            return ended();
        }
        answer.await.unwrap_or_else(|_| ended())
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let server = Implementation::new("infra", env!("CARGO_PKG_VERSION"))
            .with_title("infra: CloudFormation stacks written in Rust");
        let capabilities = ServerCapabilities::builder()
            .enable_tools()
            .enable_resources()
            .build();
        ServerConfig::new(capabilities)
            .with_server_info(server)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let tools = TOOLS.iter().map(|tool| describe_tool(tool)).collect();
        Ok(ListToolsResult::with_all_items(tools))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = TOOLS.iter().find(|tool| tool.name == request.name) else {
            let names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            let message = format!(
                "the tool `{}` does not exist; the tools are {}",
                request.name,
                names.join(", ")
            );
            return Err(ErrorData::invalid_params(message, None));
        };
        let arguments = request.arguments.unwrap_or_default();
        let answer = self.answer_call(tool, arguments).await;
        Ok(answer.into_result().into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        let (found, next) = resources::list_resources(cursor.as_deref())
            .map_err(|message| ErrorData::invalid_params(message, None))?;
        let mut result = ListResourcesResult::with_all_items(found);
        result.next_cursor = next;
        Ok(result)
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let templates = resources::list_templates();
        Ok(ListResourceTemplatesResult::with_all_items(templates))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let uri = &request.uri;
        let missing = |message: String| ErrorData::resource_not_found(message, None);
        let (text, media_type) = match resources::find_resource(uri).map_err(missing)? {
            Address::Text(text, media_type) => (text, media_type),
            Address::Stack(stack) => {
                let mut arguments = JsonObject::new();
                arguments.insert("stack".to_owned(), stack.into());
                let answer = self.run_in_session(project::read_template, arguments).await;
                (answer.into_text().map_err(missing)?, resources::TEMPLATE)
            }
        };
        let contents = resources::text_contents(uri, text, media_type);
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}

fn describe_tool(tool: &Tool) -> ListedTool {
    let annotations = ToolAnnotations::with_title(tool.title)
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(tool.reads_aws);
    ListedTool::new(tool.name, tool.description, (tool.schema)())
        .with_title(tool.title)
        .with_annotations(annotations)
}
