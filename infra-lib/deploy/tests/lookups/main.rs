//! Tests the requests of context lookups to AWS, their values, and refused responses.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

mod account;
mod stand_in;

use infra_aws::sdk::Settings;
use infra_core::{MissingContext, codes};
use infra_deploy::lookup::{Answers, answer_lookups};
use serde_json::{Value as JsonValue, json};

use stand_in::{Call, StandIn};

const ACCOUNT: &str = "111122223333";

/// Returns a missing context value as in a manifest.
fn lookup(provider: &str, props: &JsonValue) -> MissingContext {
    let mut all = json!({ "account": ACCOUNT, "region": "eu-west-1" });
    for (name, value) in props.as_object().unwrap() {
        all[name] = value.clone();
    }
    let all = all.as_object().unwrap().clone();
    MissingContext::new(format!("{provider}:…"), provider, all)
}

/// Runs a lookup with these responses of AWS. Returns the outcome and the calls.
async fn ask(
    provider: &str,
    props: JsonValue,
    answers: &[(u16, &str)],
) -> (Result<JsonValue, String>, Vec<Call>) {
    let aws = StandIn::new(answers);
    let settings = Settings::builder()
        .endpoint_url(aws.address.clone())
        .region("us-east-1")
        .access_key((ACCOUNT.to_owned(), "test".to_owned()))
        .build();
    let cloud = settings.connect().await.unwrap();
    let answers = answer_lookups(&cloud, &[lookup(provider, &props)]).await;
    let Answers { found, failed, .. } = answers.unwrap();
    let outcome = match failed.first() {
        None => Ok(found.into_iter().next().unwrap().1),
        Some((_, error)) => {
            let finding = error.finding().unwrap();
            assert!(found.is_empty());
            Err(format!("{}: {}", finding.code, finding.notes.join("; ")))
        }
    };
    (outcome, aws.calls())
}

/// Returns the body of a call to EC2 or Elastic Load Balancing.
fn form(call: &Call) -> &str {
    assert_eq!(call.line, "POST /");
    &call.body
}

#[tokio::test]
async fn returns_newest_matching_image() {
    let answer = "<DescribeImagesResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>r</requestId><imagesSet>\
        <item><imageId>ami-old</imageId><creationDate>2024-05-30T10:00:00.000Z</creationDate><tagSet/></item>\
        <item><imageId>ami-new</imageId><creationDate>2025-01-02T09:00:00.000Z</creationDate></item>\
        </imagesSet></DescribeImagesResponse>";
    let props = json!({ "owners": ["amazon"], "filters": { "name": ["al2023-*"], "state": ["available"] } });
    let mut asked = props.clone();
    // `aws-cdk-lib` always includes the dummy value in the request.
    asked["dummyValue"] = "ami-1234".into();
    asked["additionalCacheKey"] = "second".into();
    let (found, calls) = ask("ami", asked, &[(200, answer)]).await;
    assert_eq!(found.unwrap(), "ami-new");
    assert_eq!(
        form(&calls[0]),
        "Action=DescribeImages&Version=2016-11-15&Owner.1=amazon&Filter.1.Name=name&Filter.1.Value.1=al2023-%2A&Filter.2.Name=state&Filter.2.Value.1=available"
    );
    assert_eq!(calls[0].scope, "eu-west-1/ec2");
    let none = "<DescribeImagesResponse><imagesSet/></DescribeImagesResponse>";
    let (found, _) = ask("ami", props, &[(200, none)]).await;
    assert_eq!(found.unwrap_err(), "INF7106: no AMI matches");
}

#[tokio::test]
async fn searches_all_pages_of_images() {
    let page = |id: &str, created: &str, next: &str| {
        format!(
            "<DescribeImagesResponse><imagesSet><item><imageId>{id}</imageId><creationDate>{created}</creationDate></item></imagesSet>{next}</DescribeImagesResponse>"
        )
    };
    let first = page(
        "ami-1",
        "2024-01-01T00:00:00.000Z",
        "<nextToken>n+1</nextToken>",
    );
    let second = page("ami-2", "2025-01-01T00:00:00.000Z", "");
    let answers = [(200, first.as_str()), (200, second.as_str())];
    let (found, calls) = ask("ami", json!({ "filters": {} }), &answers).await;
    assert_eq!(found.unwrap(), "ami-2");
    assert!(form(&calls[1]).ends_with("&NextToken=n%2B1"));
}

#[tokio::test]
async fn returns_available_zones_only() {
    let answer = "<DescribeAvailabilityZonesResponse><availabilityZoneInfo>\
        <item><zoneName>eu-west-1a</zoneName><zoneState>available</zoneState><messageSet/></item>\
        <item><zoneName>eu-west-1b</zoneName><zoneState>impaired</zoneState></item>\
        <item><zoneName>eu-west-1c</zoneName><zoneState>available</zoneState></item>\
        </availabilityZoneInfo></DescribeAvailabilityZonesResponse>";
    let (found, calls) = ask("availability-zones", json!({}), &[(200, answer)]).await;
    assert_eq!(found.unwrap(), json!(["eu-west-1a", "eu-west-1c"]));
    assert_eq!(
        form(&calls[0]),
        "Action=DescribeAvailabilityZones&Version=2016-11-15"
    );
}

#[tokio::test]
async fn returns_zones_of_endpoint_service() {
    let answer = "<DescribeVpcEndpointServicesResponse><serviceNameSet><item>com.amazonaws.vpce.svc</item></serviceNameSet>\
        <serviceDetailSet><item><serviceName>com.amazonaws.vpce.svc</serviceName><availabilityZoneSet><item>eu-west-1a</item><item>eu-west-1b</item></availabilityZoneSet></item></serviceDetailSet>\
        </DescribeVpcEndpointServicesResponse>";
    let provider = "endpoint-service-availability-zones";
    let props = json!({ "serviceName": "com.amazonaws.vpce.svc" });
    let (found, calls) = ask(provider, props.clone(), &[(200, answer)]).await;
    assert_eq!(found.unwrap(), json!(["eu-west-1a", "eu-west-1b"]));
    assert!(form(&calls[0]).ends_with("&ServiceName.1=com.amazonaws.vpce.svc"));
    let refused = "<Response><Errors><Error><Code>InvalidServiceName</Code><Message>The Vpc Endpoint Service does not exist</Message></Error></Errors><RequestID>r-1</RequestID></Response>";
    let (found, _) = ask(provider, props, &[(400, refused)]).await;
    let said = found.unwrap_err();
    assert!(
        said.starts_with("INF7106") && said.contains("does not exist"),
        "{said}"
    );
}

#[tokio::test]
async fn returns_whether_security_group_allows_all_outbound() {
    let group = |ipv6: &str| {
        format!(
            "<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId><groupName>web</groupName><vpcId>vpc-1</vpcId><ipPermissions/>\
            <ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><groups/><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges><ipv6Ranges>{ipv6}</ipv6Ranges></item></ipPermissionsEgress>\
            </item></securityGroupInfo></DescribeSecurityGroupsResponse>"
        )
    };
    let closed = group("");
    let props = json!({ "securityGroupName": "web", "vpcId": "vpc-1" });
    let (found, calls) = ask("security-group", props, &[(200, &closed)]).await;
    assert_eq!(
        found.unwrap(),
        json!({ "securityGroupId": "sg-1", "allowAllOutbound": false })
    );
    assert_eq!(
        form(&calls[0]),
        "Action=DescribeSecurityGroups&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1&Filter.2.Name=group-name&Filter.2.Value.1=web"
    );
    let open = group("<item><cidrIpv6>::/0</cidrIpv6></item>");
    let props = json!({ "securityGroupId": "sg-1" });
    let (found, calls) = ask("security-group", props, &[(200, &open)]).await;
    assert_eq!(found.unwrap()["allowAllOutbound"], true);
    assert!(form(&calls[0]).ends_with("&GroupId.1=sg-1"));
    let (found, calls) = ask("security-group", json!({}), &[]).await;
    assert!(found.unwrap_err().contains("exactly one of"));
    assert!(calls.is_empty());
}

const VPC: &str = "<DescribeVpcsResponse><vpcSet><item><vpcId>vpc-1</vpcId><ownerId>111122223333</ownerId><cidrBlock>10.0.0.0/16</cidrBlock><isDefault>false</isDefault><tagSet><item><key>Name</key><value>main</value></item></tagSet></item></vpcSet></DescribeVpcsResponse>";
const SUBNETS: &str = "<DescribeSubnetsResponse><subnetSet>\
    <item><subnetId>subnet-b</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1b</availabilityZone><cidrBlock>10.0.1.0/24</cidrBlock><mapPublicIpOnLaunch>true</mapPublicIpOnLaunch></item>\
    <item><subnetId>subnet-a</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1a</availabilityZone><cidrBlock>10.0.0.0/24</cidrBlock><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch></item>\
    <item><subnetId>subnet-p</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1a</availabilityZone><cidrBlock>10.0.2.0/24</cidrBlock><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch></item>\
    <item><subnetId>subnet-q</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1b</availabilityZone><cidrBlock>10.0.3.0/24</cidrBlock><mapPublicIpOnLaunch>false</mapPublicIpOnLaunch><tagSet><item><key>aws-cdk:subnet-type</key><value>Private</value></item></tagSet></item>\
    </subnetSet></DescribeSubnetsResponse>";
const TABLES: &str = "<DescribeRouteTablesResponse><routeTableSet>\
    <item><routeTableId>rtb-main</routeTableId><vpcId>vpc-1</vpcId><routeSet><item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId></item><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId></item></routeSet><associationSet><item><main>true</main></item></associationSet></item>\
    <item><routeTableId>rtb-public</routeTableId><vpcId>vpc-1</vpcId><routeSet><item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><gatewayId>igw-1</gatewayId></item></routeSet><associationSet><item><main>false</main><subnetId>subnet-a</subnetId></item><item><main>false</main><subnetId>subnet-b</subnetId></item></associationSet></item>\
    </routeTableSet></DescribeRouteTablesResponse>";
const GATEWAYS: &str = "<DescribeVpnGatewaysResponse><vpnGatewaySet><item><vpnGatewayId>vgw-1</vpnGatewayId><state>available</state></item></vpnGatewaySet></DescribeVpnGatewaysResponse>";

#[tokio::test]
async fn returns_vpc_with_subnet_groups() {
    let answers = [(200, VPC), (200, SUBNETS), (200, TABLES), (200, GATEWAYS)];
    let props = json!({ "filter": { "tag:Name": "main", "isDefault": "false" }, "returnAsymmetricSubnets": true });
    let (found, calls) = ask("vpc-provider", props, &answers).await;
    // The order of the CDK, which `cdk.context.json` preserves.
    assert_eq!(
        found.unwrap().to_string(),
        json!({
            "vpcId": "vpc-1", "vpcCidrBlock": "10.0.0.0/16", "ownerAccountId": "111122223333", "availabilityZones": [],
            "vpnGatewayId": "vgw-1",
            "subnetGroups": [
                { "name": "Public", "type": "Public", "subnets": [
                    { "subnetId": "subnet-a", "cidr": "10.0.0.0/24", "availabilityZone": "eu-west-1a", "routeTableId": "rtb-public" },
                    { "subnetId": "subnet-b", "cidr": "10.0.1.0/24", "availabilityZone": "eu-west-1b", "routeTableId": "rtb-public" },
                ] },
                { "name": "Private", "type": "Private", "subnets": [
                    { "subnetId": "subnet-p", "cidr": "10.0.2.0/24", "availabilityZone": "eu-west-1a", "routeTableId": "rtb-main" },
                    { "subnetId": "subnet-q", "cidr": "10.0.3.0/24", "availabilityZone": "eu-west-1b", "routeTableId": "rtb-main" },
                ] },
            ],
        })
        .to_string()
    );
    let asked: Vec<&str> = calls.iter().map(form).collect();
    assert_eq!(
        asked,
        [
            "Action=DescribeVpcs&Version=2016-11-15&Filter.1.Name=tag%3AName&Filter.1.Value.1=main&Filter.2.Name=isDefault&Filter.2.Value.1=false",
            "Action=DescribeSubnets&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1",
            "Action=DescribeRouteTables&Version=2016-11-15&Filter.1.Name=vpc-id&Filter.1.Value.1=vpc-1",
            "Action=DescribeVpnGateways&Version=2016-11-15&Filter.1.Name=attachment.vpc-id&Filter.1.Value.1=vpc-1&Filter.2.Name=attachment.state&Filter.2.Value.1=attached&Filter.3.Name=state&Filter.3.Value.1=available",
        ]
    );
}

#[tokio::test]
async fn returns_vpc_with_symmetric_subnet_lists() {
    let props = json!({ "filter": { "vpc-id": "vpc-1" }, "returnVpnGateways": false });
    let answers = [(200, VPC), (200, SUBNETS), (200, TABLES)];
    let (found, calls) = ask("vpc-provider", props.clone(), &answers).await;
    assert_eq!(
        found.unwrap().to_string(),
        json!({
            "vpcId": "vpc-1", "vpcCidrBlock": "10.0.0.0/16", "ownerAccountId": "111122223333",
            "availabilityZones": ["eu-west-1a", "eu-west-1b"],
            "privateSubnetIds": ["subnet-p", "subnet-q"], "privateSubnetNames": ["Private"], "privateSubnetRouteTableIds": ["rtb-main", "rtb-main"],
            "publicSubnetIds": ["subnet-a", "subnet-b"], "publicSubnetNames": ["Public"], "publicSubnetRouteTableIds": ["rtb-public", "rtb-public"],
        })
        .to_string()
    );
    assert_eq!(calls.len(), 3);
    let uneven = SUBNETS.replace(
        "subnet-q</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1b",
        "subnet-q</subnetId><vpcId>vpc-1</vpcId><availabilityZone>eu-west-1c",
    );
    let answers = [(200, VPC), (200, uneven.as_str()), (200, TABLES)];
    let (found, _) = ask("vpc-provider", props.clone(), &answers).await;
    assert!(found.unwrap_err().contains("the groups of subnets"));
    let two = VPC.replace("</vpcSet>", "<item><vpcId>vpc-2</vpcId></item></vpcSet>");
    let (found, _) = ask("vpc-provider", props.clone(), &[(200, &two)]).await;
    assert_eq!(
        found.unwrap_err(),
        r#"INF7106: 2 VPCs match {"vpc-id":"vpc-1"}: ["vpc-1","vpc-2"]"#
    );
    let none = "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>";
    let (found, _) = ask("vpc-provider", props, &[(200, none)]).await;
    assert_eq!(
        found.unwrap_err(),
        r#"INF7106: no VPC matches {"vpc-id":"vpc-1"}"#
    );
}

#[tokio::test]
async fn finds_public_or_private_hosted_zone_by_domain() {
    let zone = |id: &str, private: bool| {
        format!(
            "<HostedZone><Id>/hostedzone/{id}</Id><Name>example.com.</Name><CallerReference>c</CallerReference><Config><PrivateZone>{private}</PrivateZone></Config></HostedZone>"
        )
    };
    let zones = format!(
        "<?xml version=\"1.0\"?>\n<ListHostedZonesByNameResponse xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><HostedZones>{}{}<HostedZone><Id>/hostedzone/Z9</Id><Name>example.org.</Name></HostedZone></HostedZones><IsTruncated>false</IsTruncated></ListHostedZonesByNameResponse>",
        zone("ZPUBLIC", false),
        zone("ZPRIVATE", true)
    );
    let props = json!({ "domainName": "example.com" });
    let (found, calls) = ask("hosted-zone", props, &[(200, &zones)]).await;
    assert_eq!(
        found.unwrap(),
        json!({ "Id": "/hostedzone/ZPUBLIC", "Name": "example.com." })
    );
    assert_eq!(
        calls[0].line,
        "GET /2013-04-01/hostedzonesbyname?dnsname=example.com"
    );
    let seen = "<GetHostedZoneResponse><HostedZone><Id>/hostedzone/ZPRIVATE</Id></HostedZone><VPCs><VPC><VPCRegion>eu-west-1</VPCRegion><VPCId>vpc-1</VPCId></VPC></VPCs></GetHostedZoneResponse>";
    let answers = [(200, zones.as_str()), (200, seen)];
    let props = json!({ "domainName": "example.com.", "privateZone": true, "vpcId": "vpc-1" });
    let (found, calls) = ask("hosted-zone", props, &answers).await;
    assert_eq!(found.unwrap()["Id"], "/hostedzone/ZPRIVATE");
    assert_eq!(calls[1].line, "GET /2013-04-01/hostedzone/ZPRIVATE");
    let props = json!({ "domainName": "example.com", "privateZone": true, "vpcId": "vpc-2" });
    let (found, _) = ask("hosted-zone", props, &answers).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: the private hosted zone `example.com.` does not exist"
    );
}

#[tokio::test]
async fn returns_parameter_value_or_dummy_when_missing() {
    let answer =
        json!({ "Parameter": { "Name": "/web/name", "Value": "pages", "Type": "String" } });
    let props = json!({ "parameterName": "/web/name" });
    let (found, calls) = ask("ssm", props.clone(), &[(200, &answer.to_string())]).await;
    assert_eq!(found.unwrap(), "pages");
    assert_eq!(calls[0].target, "AmazonSSM.GetParameter");
    assert_eq!(calls[0].body, r#"{"Name":"/web/name"}"#);
    let missing = (400, r#"{"__type":"ParameterNotFound"}"#);
    let (found, _) = ask("ssm", props, &[missing]).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: the parameter `/web/name` does not exist"
    );
    let props = json!({ "parameterName": "/web/name", "ignoreErrorOnMissingContext": true, "dummyValue": "none" });
    let (found, _) = ask("ssm", props, &[missing]).await;
    assert_eq!(found.unwrap(), "none");
}

#[tokio::test]
async fn finds_key_by_alias_on_any_page() {
    let first = json!({ "Aliases": [{ "AliasName": "alias/other", "TargetKeyId": "k-0" }], "NextMarker": "m", "Truncated": true });
    let second = json!({ "Aliases": [{ "AliasName": "alias/data", "TargetKeyId": "k-1" }] });
    let (first, second) = (first.to_string(), second.to_string());
    let props = json!({ "aliasName": "alias/data" });
    let answers = [(200, first.as_str()), (200, second.as_str())];
    let (found, calls) = ask("key-provider", props.clone(), &answers).await;
    assert_eq!(found.unwrap(), json!({ "keyId": "k-1" }));
    assert_eq!(calls[0].target, "TrentService.ListAliases");
    assert_eq!(calls[1].body, r#"{"Marker":"m"}"#);
    let none = (200, r#"{"Aliases":[]}"#);
    let (found, _) = ask("key-provider", props, &[none]).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: no key has the alias `alias/data`"
    );
    let props = json!({ "aliasName": "alias/data", "ignoreErrorOnMissingContext": true, "dummyValue": { "keyId": "none" } });
    let (found, _) = ask("key-provider", props, &[none]).await;
    assert_eq!(found.unwrap(), json!({ "keyId": "none" }));
}

const BALANCERS: &str = "<DescribeLoadBalancersResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\"><DescribeLoadBalancersResult><LoadBalancers>\
    <member><LoadBalancerArn>arn:1</LoadBalancerArn><Type>application</Type><CanonicalHostedZoneId>Z1</CanonicalHostedZoneId><DNSName>a.elb</DNSName><VpcId>vpc-1</VpcId><IpAddressType>ipv4</IpAddressType><SecurityGroups><member>sg-1</member></SecurityGroups></member>\
    <member><LoadBalancerArn>arn:2</LoadBalancerArn><Type>application</Type><IpAddressType>dualstack-without-public-ipv4</IpAddressType></member>\
    <member><LoadBalancerArn>arn:3</LoadBalancerArn><Type>network</Type></member>\
    </LoadBalancers></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>";
const TAGS: &str = "<DescribeTagsResponse><DescribeTagsResult><TagDescriptions>\
    <member><ResourceArn>arn:1</ResourceArn><Tags><member><Key>app</Key><Value>web</Value></member></Tags></member>\
    <member><ResourceArn>arn:2</ResourceArn><Tags><member><Key>app</Key><Value>api</Value></member></Tags></member>\
    </TagDescriptions></DescribeTagsResult></DescribeTagsResponse>";
const LISTENERS: &str = "<DescribeListenersResponse><DescribeListenersResult><Listeners>\
    <member><ListenerArn>arn:l80</ListenerArn><LoadBalancerArn>arn:1</LoadBalancerArn><Port>80</Port><Protocol>HTTP</Protocol></member>\
    <member><ListenerArn>arn:l443</ListenerArn><LoadBalancerArn>arn:1</LoadBalancerArn><Port>443</Port><Protocol>HTTPS</Protocol></member>\
    </Listeners></DescribeListenersResult></DescribeListenersResponse>";

#[tokio::test]
async fn finds_load_balancer_by_type_and_tags() {
    let props = json!({ "loadBalancerType": "application", "loadBalancerTags": [{ "key": "app", "value": "web" }] });
    let (found, calls) = ask("load-balancer", props, &[(200, BALANCERS), (200, TAGS)]).await;
    assert_eq!(
        found.unwrap().to_string(),
        json!({
            "loadBalancerArn": "arn:1", "loadBalancerCanonicalHostedZoneId": "Z1", "loadBalancerDnsName": "a.elb",
            "vpcId": "vpc-1", "securityGroupIds": ["sg-1"], "ipAddressType": "ipv4",
        })
        .to_string()
    );
    assert_eq!(
        form(&calls[1]),
        "Action=DescribeTags&Version=2015-12-01&ResourceArns.member.1=arn%3A1&ResourceArns.member.2=arn%3A2"
    );
    assert_eq!(calls[0].scope, "eu-west-1/elasticloadbalancing");
    let props = json!({ "loadBalancerType": "network", "loadBalancerArn": "arn:3" });
    let (found, calls) = ask("load-balancer", props, &[(200, BALANCERS)]).await;
    let found = found.unwrap();
    assert_eq!(found["ipAddressType"], "dualstack");
    assert_eq!(found["securityGroupIds"], json!([]));
    assert!(form(&calls[0]).ends_with("&LoadBalancerArns.member.1=arn%3A3"));
    let props = json!({ "loadBalancerType": "application", "loadBalancerArn": "arn:1" });
    let (found, _) = ask("load-balancer", props, &[(200, BALANCERS)]).await;
    assert_eq!(
        found.unwrap_err(),
        r#"INF7106: 2 load balancers match: ["arn:1","arn:2"]"#
    );
}

#[tokio::test]
async fn finds_listener_by_port_and_by_arn() {
    let props = json!({
        "loadBalancerType": "application", "loadBalancerTags": [{ "key": "app", "value": "web" }],
        "listenerPort": 443, "listenerProtocol": "HTTPS",
    });
    let answers = [(200, BALANCERS), (200, TAGS), (200, LISTENERS)];
    let (found, calls) = ask("load-balancer-listener", props, &answers).await;
    let https =
        json!({ "listenerArn": "arn:l443", "listenerPort": 443, "securityGroupIds": ["sg-1"] });
    assert_eq!(found.unwrap(), https);
    assert!(form(&calls[2]).ends_with("&LoadBalancerArn=arn%3A1"));
    let one = BALANCERS.replace(
        "<member><LoadBalancerArn>arn:2</LoadBalancerArn><Type>application",
        "<member><LoadBalancerArn>arn:2</LoadBalancerArn><Type>gateway",
    );
    let props = json!({ "loadBalancerType": "application", "listenerArn": "arn:l80" });
    let answers = [(200, LISTENERS), (200, one.as_str())];
    let (found, calls) = ask("load-balancer-listener", props.clone(), &answers).await;
    assert_eq!(found.unwrap()["listenerPort"], 80);
    assert!(form(&calls[1]).ends_with("&LoadBalancerArns.member.1=arn%3A1"));
    let refused = "<ErrorResponse><Error><Code>ListenerNotFound</Code><Message>none</Message></Error></ErrorResponse>";
    let (found, _) = ask("load-balancer-listener", props, &[(400, refused)]).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: the listener arn:l80 does not exist"
    );
}

#[tokio::test]
async fn finds_resources_of_any_type() {
    let described = |id: &str, properties: JsonValue| json!({ "Identifier": id, "Properties": properties.to_string() });
    let one = described(
        "db-1",
        json!({ "Engine": "postgres", "Endpoint": { "Port": "5432" } }),
    );
    let answer = json!({ "TypeName": "AWS::RDS::DBInstance", "ResourceDescription": one });
    let props = json!({ "typeName": "AWS::RDS::DBInstance", "exactIdentifier": "db-1", "propertiesToReturn": ["Engine", "Endpoint.Port"] });
    let (found, calls) = ask(
        "cc-api-provider",
        props.clone(),
        &[(200, &answer.to_string())],
    )
    .await;
    assert_eq!(
        found.unwrap(),
        json!([{ "Engine": "postgres", "Endpoint.Port": "5432", "Identifier": "db-1" }])
    );
    assert_eq!(calls[0].target, "CloudApiService.GetResource");
    let two = described("db-2", json!({ "Engine": "mysql" }));
    let page = json!({ "ResourceDescriptions": [one, two], "NextToken": "n" }).to_string();
    let last = json!({ "ResourceDescriptions": [] }).to_string();
    let listed = json!({
        "typeName": "AWS::RDS::DBInstance", "propertyMatch": { "Endpoint.Port": "5432" }, "propertiesToReturn": [],
        "expectedMatchCount": "exactly-one",
    });
    // The list has no port of the second database, so it is read.
    let whole = json!({ "TypeName": "AWS::RDS::DBInstance", "ResourceDescription": described("db-2", json!({ "Endpoint": { "Port": "3306" } })) });
    let whole = whole.to_string();
    let pages = [(200, page.as_str()), (200, &whole), (200, last.as_str())];
    let (found, calls) = ask("cc-api-provider", listed, &pages).await;
    assert_eq!(found.unwrap(), json!([{ "Identifier": "db-1" }]));
    assert_eq!(
        calls[1].body,
        r#"{"TypeName":"AWS::RDS::DBInstance","Identifier":"db-2"}"#
    );
    assert_eq!(
        calls[2].body,
        r#"{"TypeName":"AWS::RDS::DBInstance","MaxResults":100,"NextToken":"n"}"#
    );
    let missing = (
        400,
        r#"{"__type":"com.amazon.cloudapiservice#ResourceNotFoundException","Message":"no"}"#,
    );
    let (found, _) = ask("cc-api-provider", props.clone(), &[missing]).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: the resource `db-1` of type AWS::RDS::DBInstance does not exist"
    );
    let mut otherwise = props;
    otherwise["ignoreErrorOnMissingContext"] = true.into();
    otherwise["dummyValue"] = json!([{ "Engine": "none" }]);
    let (found, _) = ask("cc-api-provider", otherwise, &[missing]).await;
    assert_eq!(found.unwrap(), json!([{ "Engine": "none" }]));
}

#[tokio::test]
async fn reads_listed_resources_whose_list_has_identifiers_only() {
    let listed = |id: &str| json!({ "Identifier": id, "Properties": json!({ "TargetGroupArn": id }).to_string() });
    let whole = |id: &str, name: &str| {
        let properties = json!({ "TargetGroupArn": id, "Name": name }).to_string();
        json!({ "TypeName": "T", "ResourceDescription": { "Identifier": id, "Properties": properties } }).to_string()
    };
    let page = json!({ "ResourceDescriptions": [listed("arn:1"), listed("arn:2")] }).to_string();
    let (web, api) = (whole("arn:1", "web"), whole("arn:2", "api"));
    let question = |name: &str| {
        json!({
            "typeName": "AWS::ElasticLoadBalancingV2::TargetGroup", "propertyMatch": { "Name": name },
            "propertiesToReturn": ["TargetGroupArn"], "expectedMatchCount": "exactly-one",
        })
    };
    let answers = [
        (200, page.as_str()),
        (200, web.as_str()),
        (200, api.as_str()),
    ];
    let (found, calls) = ask("cc-api-provider", question("api"), &answers).await;
    assert_eq!(
        found.unwrap(),
        json!([{ "TargetGroupArn": "arn:2", "Identifier": "arn:2" }])
    );
    assert_eq!(calls.len(), 3);
    let (found, _) = ask("cc-api-provider", question("none"), &answers).await;
    assert_eq!(
        found.unwrap_err(),
        "INF7106: no resource of type AWS::ElasticLoadBalancingV2::TargetGroup has {\"Name\":\"none\"}"
    );
}

#[tokio::test]
async fn names_command_that_lists_resources_for_missing_one() {
    let missing =
        r#"{"__type":"com.amazon.cloudapiservice#ResourceNotFoundException","Message":"no"}"#;
    let aws = StandIn::new(&[(400, missing)]);
    let settings = Settings::builder()
        .endpoint_url(aws.address.clone())
        .region("us-east-1")
        .access_key((ACCOUNT.to_owned(), "test".to_owned()))
        .build();
    let cloud = settings.connect().await.unwrap();
    let props = json!({ "typeName": "AWS::ECR::Repository", "exactIdentifier": "shop/api", "propertiesToReturn": ["Arn"] });
    let answers = answer_lookups(&cloud, &[lookup("cc-api-provider", &props)]).await;
    let finding = answers.unwrap().failed[0].1.finding().unwrap().clone();
    assert_eq!(
        finding.notes,
        ["the resource `shop/api` of type AWS::ECR::Repository does not exist"]
    );
    assert_eq!(
        finding.help.as_deref(),
        Some(
            "correct identifier, properties, account and region of the lookup in the app; `aws cloudcontrol list-resources --type-name AWS::ECR::Repository --region eu-west-1` shows the resources there"
        )
    );
}

#[tokio::test]
async fn rejects_unknown_lookup_before_any_call() {
    let unknown = ask("smm", json!({}), &[]).await;
    let code = codes::UNKNOWN_LOOKUP.to_string();
    assert!(unknown.0.unwrap_err().starts_with(&code));
    let props = json!({ "parameterName": "/a", "withDecryption": true });
    let (found, calls) = ask("ssm", props, &[]).await;
    let said = found.unwrap_err();
    assert!(said.contains("unknown field `withDecryption`"), "{said}");
    assert!(calls.is_empty() && unknown.1.is_empty());
}
