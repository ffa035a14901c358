//! The [`DhcpOptions`] construct.

use infra_cfn::ec2::{CfnDhcpOptions, CfnDhcpOptionsProps, CfnVpcdhcpOptionsAssociationProps};
use infra_cfn::kind;

use super::Vpc;
use crate::construct::With;
use crate::import::check_form;
use crate::{Construct, Diagnostic, Id, IntoValue, Scope, Value, codes};

/// The text that stands for the DNS servers of Amazon.
const AMAZON_DNS: &str = "AmazonProvidedDNS";

/// Largest number of servers of one kind in a set of DHCP options.
///
/// <https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html>
const MAX_SERVERS: usize = 4;

crate::construct! {
    /// A set of DHCP options: the domain name and the servers that instances of a VPC learn when they start.
    ///
    /// Creates an
    /// [`AWS::EC2::DHCPOptions`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-dhcpoptions.html)
    /// and an `AWS::EC2::VPCDHCPOptionsAssociation`. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | VPC | required | none: the resource alone has no effect |
    /// | DNS servers | those of Amazon, also when only other options are set | none, if only other options are set |
    /// | domain name, NTP servers, NetBIOS servers | none | none |
    ///
    /// A VPC has one set; a new one takes the place of the old one, which running instances notice when they renew their
    /// lease. Endpoints and private hosted zones resolve with the DNS servers of Amazon only, or with servers that forward to
    /// them. See [DHCP option sets](https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html).
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{DhcpOptions, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// DhcpOptions::builder()
    ///     .vpc(vpc)
    ///     .domain_name("corp.example.com")
    ///     .domain_name_server("10.8.0.2")
    ///     .domain_name_server("10.8.1.2")
    ///     .build(stack, "Options");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct DhcpOptions<'app>: "infra-lib.ec2.DhcpOptions" {
        resource: CfnDhcpOptions<'app>,
    }

    /// Properties of [`DhcpOptions`], set through [`DhcpOptions::builder`]. A change of the options replaces the set.
    pub struct DhcpOptionsProps, DhcpOptionsBuilder, dhcp_options_builder {
        /// VPC whose instances get the options.
        required_handle vpc: Vpc<'app>,
        /// Domain that completes host names without a domain. Default: that of the DNS servers of Amazon.
        text domain_name,
        /// IPv4 addresses of up to four DNS servers (`INF4025`). Default: the servers of Amazon.
        list domain_name_servers: Value<String>,
        /// IPv4 addresses of up to four NTP servers (`INF4025`). Default: none; images of Amazon use the Amazon Time Sync
        /// Service at `169.254.169.123`.
        list ntp_servers: Value<String>,
        /// IPv4 addresses of up to four NetBIOS name servers (`INF4025`), with node type 2 (point to point). Default: none.
        list netbios_name_servers: Value<String>,
    }
}

crate::import! {
    /// An existing set of DHCP options, from [`DhcpOptions::from_id`], for VPCs of the app.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::cidr;
    /// use infra_lib::ec2::{DhcpOptions, Vpc};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Network");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// DhcpOptions::from_id(stack, "Company", "dopt-0a1b2c3d4e5f60718").associate("Vpc", vpc);
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct ImportedDhcpOptions<'app>: "infra-lib.ec2.ImportedDhcpOptions" {
        /// Returns the ID of the set, `dopt-…`.
        dhcp_options_id: Id<kind::ec2::DhcpOptions>,
    }
}

impl<S: dhcp_options_builder::State> DhcpOptionsBuilder<'_, S> {
    /// Adds a DNS server by its IPv4 address.
    pub fn domain_name_server(mut self, address: impl IntoValue<String>) -> Self {
        self.domain_name_servers.push(address.into_value());
        self
    }

    /// Adds an NTP server by its IPv4 address.
    pub fn ntp_server(mut self, address: impl IntoValue<String>) -> Self {
        self.ntp_servers.push(address.into_value());
        self
    }

    /// Adds a NetBIOS name server by its IPv4 address, for Windows networks.
    pub fn netbios_name_server(mut self, address: impl IntoValue<String>) -> Self {
        self.netbios_name_servers.push(address.into_value());
        self
    }
}

impl<'app> DhcpOptions<'app> {
    fn create(scope: Scope<'app>, props: DhcpOptionsProps<'app>) -> Self {
        check_servers(
            scope,
            "DNS",
            "DomainNameServers",
            &props.domain_name_servers,
        );
        check_servers(scope, "NTP", "NtpServers", &props.ntp_servers);
        check_servers(
            scope,
            "NetBIOS name",
            "NetbiosNameServers",
            &props.netbios_name_servers,
        );
        let netbios = props.netbios_name_servers;
        let mut dns = props.domain_name_servers;
        if dns.is_empty() {
            dns.push(AMAZON_DNS.into_value());
        }
        let ntp = props.ntp_servers;
        let resource = CfnDhcpOptionsProps::new()
            .domain_name_servers(dns)
            .with(props.domain_name, CfnDhcpOptionsProps::domain_name)
            .with(
                (!ntp.is_empty()).then_some(ntp),
                CfnDhcpOptionsProps::ntp_servers,
            )
            .with((!netbios.is_empty()).then_some(netbios), |cfn, servers| {
                cfn.netbios_name_servers(servers).netbios_node_type(2)
            })
            .build(scope, "Resource");
        CfnVpcdhcpOptionsAssociationProps::new(resource.ref_(), props.vpc.id())
            .build(scope, "Association");
        Self { scope, resource }
    }

    /// Imports an existing set of the account and region by its ID, `dopt-…`. Another literal is reported (`INF8026`).
    #[track_caller]
    pub fn from_id(
        scope: impl Construct<'app>,
        id: &str,
        dhcp_options_id: impl IntoValue<Id<kind::ec2::DhcpOptions>>,
    ) -> ImportedDhcpOptions<'app> {
        let given = dhcp_options_id.into_value();
        let options = ImportedDhcpOptions::import(scope, id, given.clone());
        let shown = "the ID of a set of DHCP options, `dopt-…`";
        check_form(&options, &given, shown, |text| text.starts_with("dopt-"));
        options
    }

    /// Returns the ID of the set, `dopt-…`.
    pub fn dhcp_options_id(&self) -> Value<Id<kind::ec2::DhcpOptions>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the set.
    pub fn cfn(&self) -> CfnDhcpOptions<'app> {
        self.resource
    }
}

impl<'app> ImportedDhcpOptions<'app> {
    /// Gives the options to the instances of a VPC, as the construct `id`. They take the place of the options that the VPC has.
    ///
    /// Creates an
    /// [`AWS::EC2::VPCDHCPOptionsAssociation`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcdhcpoptionsassociation.html).
    #[track_caller]
    pub fn associate(&self, id: &str, vpc: Vpc<'app>) {
        let scope = self
            .scope
            .at_caller()
            .library_construct(id, "infra-lib.ec2.DhcpOptionsAssociation");
        CfnVpcdhcpOptionsAssociationProps::new(self.dhcp_options_id(), vpc.id())
            .build(scope, "Resource");
    }
}

/// Reports more servers than a set may have, and servers listed together with those of Amazon.
fn check_servers(scope: Scope<'_>, kind: &str, property: &'static str, servers: &[Value<String>]) {
    if servers.len() > MAX_SERVERS {
        scope.report(
            Diagnostic::new(
                codes::DHCP_OPTIONS,
                format!("a set of DHCP options has {} {kind} servers", servers.len()),
            )
            .property(property)
            .actual(servers.len().to_string())
            .expected("at most 4")
            .help("instances try the servers in their order: keep the first four"),
        );
    }
    let amazon = |server: &Value<String>| server.as_literal() == Some(AMAZON_DNS);
    if servers.len() > 1 && servers.iter().any(amazon) {
        scope.report(
            Diagnostic::new(
                codes::DHCP_OPTIONS,
                format!("a set of DHCP options has `{AMAZON_DNS}` and other servers"),
            )
            .property(property)
            .expected(format!("`{AMAZON_DNS}` alone, or up to four IPv4 addresses"))
            .help("let the other servers forward to Amazon's, which have the second address of the VPC"),
        );
    }
}
