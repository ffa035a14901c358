//! Declares environment, permissions and event of each function, once for its program and for the stack.

infra_contract::contract! {
    /// Environment of the function that answers requests.
    pub struct Requests, resources RequestsResources, event HttpRequest {
        /// Text before the name of a person.
        greeting: Text = "GREETING",
        /// Table of the app.
        table: ReadTable = "TABLE",
        /// Queue of the jobs.
        jobs: SendQueue = "JOBS",
    }
}

infra_contract::contract! {
    /// Environment of the function that processes jobs.
    pub struct Jobs, resources JobsResources, event SqsEvent {
        /// Table of the app.
        table: ReadWriteTable = "TABLE",
        /// Bucket of the uploads.
        uploads: ReadBucket = "UPLOADS",
    }
}
