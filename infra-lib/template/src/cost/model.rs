//! The basis of estimates: prices, region and assumptions about use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as JsonValue, json};

use super::charges::{Quantity, UsageMeter};
use super::group::{ResourceTags, read_nested_tags, read_tags};
use super::meters;
use super::prices::{GLOBAL, Price, Unit};
use super::{
    Charge, Costs, Money, Prices, StackCosts, UnknownCharge, Usage, UsageKind, UsedAssumption,
};
use crate::assembly::Stack;
use crate::diff::DeployedStackState;
use crate::digest::Digest;
use crate::nested::{NESTED_STACK, nested_path};
use crate::resource_origin::ResourceOrigin;
use crate::review::Review;
use crate::{Template, TemplateResource};

/// Simplification of charges by use, whose prices fall with the quantity.
const FIRST_TIER: &str = "use is counted at the price of the first tier";

/// The basis of estimates: prices, the region of stacks that have none, and assumptions about use.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CostModel {
    prices: Prices,
    region: Option<String>,
    usage: Usage,
}

/// Names of a stack, and the origins of its resources.
#[derive(Clone, Copy)]
struct Known<'s> {
    path: &'s str,
    name: &'s str,
    region: Option<&'s str>,
    tags: Option<&'s BTreeMap<String, String>>,
    origins: Option<&'s BTreeMap<String, ResourceOrigin>>,
}

impl CostModel {
    /// Creates a basis with prices alone: stacks without a region have no prices, and no charge by use is estimated.
    pub fn new(prices: Prices) -> Self {
        Self {
            prices,
            region: None,
            usage: Usage::new(),
        }
    }

    /// Sets the region of stacks that have none.
    pub fn with_region(mut self, region: Option<impl Into<String>>) -> Self {
        self.region = region.map(Into::into);
        self
    }

    /// Sets assumptions about use.
    pub fn with_usage(mut self, usage: Usage) -> Self {
        self.usage = usage;
        self
    }

    /// Returns the prices.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// Returns the assumptions about use.
    pub fn usage(&self) -> &Usage {
        &self.usage
    }

    /// Estimates the costs of stacks.
    pub fn estimate_stacks(&self, stacks: &[&Stack]) -> Costs {
        let stacks = stacks.iter().map(|stack| {
            let known = Known {
                path: &stack.path,
                name: &stack.name,
                region: stack.region.as_deref(),
                tags: Some(&stack.tags),
                origins: Some(&stack.origins),
            };
            self.estimate_stack(known, &stack.template, &stack.nested_templates())
        });
        self.collect_stacks(stacks.collect())
    }

    /// Estimates the costs of the former stacks of a review: `before` has their state by the name of the stack, and `after` the stacks of the app,
    /// whose construct paths apply to resources with the same logical ID.
    ///
    /// Stacks that did not exist before are left out.
    pub fn estimate_former_stacks(
        &self,
        review: &Review,
        before: &BTreeMap<String, DeployedStackState>,
        after: &[&Stack],
    ) -> Costs {
        let stacks = review.stacks.iter().filter_map(|reviewed| {
            let state = before.get(&reviewed.stack)?;
            let same = after.iter().find(|stack| stack.name == reviewed.stack);
            let known = Known {
                path: &reviewed.path,
                name: &reviewed.stack,
                region: reviewed.region.as_deref(),
                tags: state.tags.as_ref(),
                origins: same.map(|stack| &stack.origins),
            };
            Some(self.estimate_stack(known, &state.template, &state.nested))
        });
        self.collect_stacks(stacks.collect())
    }

    fn collect_stacks(&self, stacks: Vec<StackCosts>) -> Costs {
        Costs {
            currency: self.prices.currency().to_owned(),
            hours_per_month: self.prices.hours_per_month(),
            stacks,
        }
    }

    fn estimate_stack(
        &self,
        known: Known<'_>,
        template: &Template,
        nested: &BTreeMap<String, Template>,
    ) -> StackCosts {
        let mut found = StackCosts {
            path: known.path.to_owned(),
            name: known.name.to_owned(),
            region: known.region.or(self.region.as_deref()).map(str::to_owned),
            charges: Vec::new(),
            not_counted: BTreeSet::new(),
            unknown: Vec::new(),
            unknown_types: BTreeSet::new(),
            unsupported: Vec::new(),
            assumptions: BTreeSet::new(),
            usage: BTreeSet::new(),
            tags: BTreeMap::new(),
        };
        let tags = known.tags.into_iter().flatten();
        let tags: ResourceTags = tags
            .map(|(key, value)| (key.clone(), Some(value.clone())))
            .collect();
        self.add_template(&mut found, "", template, (known.origins, &tags));
        for (path, below) in nested {
            let tags = read_nested_tags(template, nested, path, &tags);
            self.add_template(&mut found, path, below, (known.origins, &tags));
        }
        found
    }

    fn add_template(
        &self,
        costs: &mut StackCosts,
        above: &str,
        template: &Template,
        (origins, tags): (Option<&BTreeMap<String, ResourceOrigin>>, &ResourceTags),
    ) {
        for resource in template.resources() {
            // The resources of a nested stack are added from its own template, if the assembly contains it.
            if matches!(resource.type_name, NESTED_STACK | "AWS::CDK::Metadata") {
                continue;
            }
            let id = nested_path(above, resource.logical_id);
            let origin = origins.and_then(|origins| origins.get(&id));
            let construct_path = origin
                .map(|origin| origin.construct_path.as_str())
                .or(resource.construct_path())
                .map(str::to_owned);
            let unknown = |reason: String| UnknownCharge {
                resource: id.clone(),
                type_name: resource.type_name.to_owned(),
                construct_path: construct_path.clone(),
                reason,
                definition: digest_definition(template, resource),
            };
            let Some(charges) = meters::charges_for_resource(template, resource) else {
                costs.unknown_types.insert(resource.type_name.to_owned());
                let reason = format!("the charges of `{}` are not known", resource.type_name);
                costs.unsupported.push(unknown(reason));
                costs.tags.insert(id.clone(), read_tags(resource, tags));
                continue;
            };
            costs.assumptions.extend(charges.assumptions);
            let region = costs.region.as_deref();
            // A template that was not synthesized from constructs has logical IDs alone.
            let subject = construct_path
                .clone()
                .unwrap_or_else(|| format!("{}/{id}", costs.path));
            let mut found: Vec<Result<Priced, String>> = Vec::new();
            for (meter, quantity) in charges.fixed {
                found.push(self.price_fixed(region, meter, quantity));
            }
            for meter in charges.usage {
                let assumed = meter.kind.and_then(|kind| {
                    let found = self.usage.find_amount(kind, &subject, resource.type_name);
                    found.map(|(subject, amount)| UsedAssumption {
                        subject: subject.to_owned(),
                        kind,
                        amount,
                        resource: id.clone(),
                        construct_path: construct_path.clone(),
                    })
                });
                match assumed {
                    None => {
                        costs.not_counted.insert(meter.description);
                    }
                    Some(assumed) => {
                        found.extend(self.price_usage(region, &meter, &assumed));
                        costs.assumptions.insert(FIRST_TIER);
                        costs.assumptions.extend(meter.simplification);
                        costs.usage.insert(assumed);
                    }
                }
            }
            let is_priced = found.iter().any(Result::is_ok);
            let mut reasons = charges.unknown;
            for one in found {
                match one {
                    Ok(priced) => costs.charges.push(Charge {
                        resource: id.clone(),
                        type_name: resource.type_name.to_owned(),
                        construct_path: construct_path.clone(),
                        meter: priced.meter,
                        quantity: priced.quantity.to_string(),
                        price: priced.price,
                        monthly: priced.monthly,
                        is_usage: priced.is_usage,
                    }),
                    Err(reason) => reasons.push(reason),
                }
            }
            if is_priced || !reasons.is_empty() {
                costs.tags.insert(id.clone(), read_tags(resource, tags));
            }
            costs.unknown.extend(reasons.into_iter().map(unknown));
        }
    }

    fn price_fixed(
        &self,
        region: Option<&str>,
        meter: String,
        quantity: Quantity,
    ) -> Result<Priced, String> {
        let price = self.find_price(region, &meter)?;
        let hours = match price.unit {
            Unit::Hour => u64::from(self.prices.hours_per_month()),
            Unit::Month => 1,
            Unit::Use => return Err(wrong_unit(&meter, price.unit, "`hour` or `month`")),
        };
        let each = price.amount.scale_by(hours, 1);
        Ok(Priced {
            price: price.text.clone(),
            monthly: each.scale_by(quantity.numerator, quantity.denominator),
            meter,
            quantity,
            is_usage: false,
        })
    }

    fn price_usage(
        &self,
        region: Option<&str>,
        meter: &UsageMeter,
        assumed: &UsedAssumption,
    ) -> Vec<Result<Priced, String>> {
        let price_one = |(meter, factor): &(String, Quantity)| {
            let price = self.find_price(region, meter)?;
            let expected = match assumed.kind {
                UsageKind::Hours => Unit::Hour,
                UsageKind::StoredGigabytes => Unit::Month,
                UsageKind::Requests | UsageKind::Gigabytes => Unit::Use,
            };
            if price.unit != expected {
                return Err(wrong_unit(meter, price.unit, &format!("`{expected}`")));
            }
            let too_large = || format!("its use of `{meter}` is too large for an estimate");
            let numerator = factor.numerator.checked_mul(assumed.amount.thousandths());
            let quantity = Quantity {
                numerator: numerator.ok_or_else(too_large)?,
                denominator: factor.denominator.saturating_mul(1000),
            };
            let per = quantity.denominator.checked_mul(price.per);
            Ok(Priced {
                meter: meter.clone(),
                quantity,
                price: price.text.clone(),
                monthly: price
                    .amount
                    .scale_by(quantity.numerator, per.ok_or_else(too_large)?),
                is_usage: true,
            })
        };
        match &meter.meters {
            Ok(meters) => meters.iter().map(price_one).collect(),
            Err(reason) => vec![Err(reason.clone())],
        }
    }

    fn find_price(&self, region: Option<&str>, meter: &str) -> Result<&Price, String> {
        if let Some(price) = self.prices.find_price(GLOBAL, meter) {
            return Ok(price);
        }
        let Some(region) = region else {
            return Err(format!("the region for the price of `{meter}` is unknown"));
        };
        let price = self.prices.find_price(region, meter);
        price.ok_or_else(|| format!("no price is known for `{meter}` in {region}"))
    }
}

/// A meter with its price.
struct Priced {
    meter: String,
    quantity: Quantity,
    price: String,
    monthly: Money,
    is_usage: bool,
}

fn wrong_unit(meter: &str, unit: Unit, expected: &str) -> String {
    format!("the price of `{meter}` has the unit `{unit}`, expected {expected}")
}

/// Returns the digest of everything in a template that the charges of a resource may depend on: its entry, that of its task definition, and the
/// sections whose values a reference can read.
fn digest_definition(template: &Template, resource: TemplateResource<'_>) -> Digest {
    let section = |name: &str| template.document().get(name).cloned();
    let definition = meters::find_task_definition(template, resource);
    Digest::hash_json(&json!([
        JsonValue::Object(resource.entry.clone()),
        definition.map(|found| JsonValue::Object(found.entry.clone())),
        section("Parameters"),
        section("Mappings"),
        section("Conditions"),
    ]))
}
