//! Creates an HTTPS listener without a certificate.
use infra_lib::elbv2::ListenerProtocol;

fn main() {
    let protocol = ListenerProtocol::https();
    drop(protocol);
}
