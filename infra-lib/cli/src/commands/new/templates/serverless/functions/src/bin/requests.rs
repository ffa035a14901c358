//! Answers requests of the HTTP API.

use contract::Requests;
use infra_contract::Handles;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde_json::{Value, json};

/// Event of the function, from its contract.
type Request = <Requests as Handles>::Event;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let environment = &Requests::from_env()?;
    let handle = |event: LambdaEvent<Request>| async move {
        Ok::<_, Error>(answer(environment, &event.payload))
    };
    run(service_fn(handle)).await
}

/// Greets the person in the path of a request. The environment also has the name of the table and the URL of the queue.
fn answer(environment: &Requests, request: &Request) -> Value {
    let Some(name) = request.path_parameters.get("name") else {
        return json!({ "statusCode": 404 });
    };
    json!({
        "statusCode": 200,
        "headers": { "content-type": "text/plain; charset=utf-8" },
        "body": format!("{}, {name}!", environment.greeting),
    })
}

#[cfg(test)]
mod tests {
    use super::{Request, Requests, answer};

    #[test]
    fn greets_person_in_path() {
        let environment = Requests::read(|name| Ok(name.to_owned())).expect("all variables");
        let mut request = Request::default();
        assert_eq!(answer(&environment, &request)["statusCode"], 404);
        request
            .path_parameters
            .insert("name".to_owned(), "Ada".to_owned());
        assert_eq!(answer(&environment, &request)["body"], "GREETING, Ada!");
    }
}
