package audit_test

import (
	"reflect"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/audit"
)

const oneFlow = landscape + `
roles: [{id: admin, hourly_cost: 20, headcount: 2}]
entities: [{id: order, record: erp}]
flows:
  - id: orders
    entity: order
    from: shop
    to: erp
    role: admin
    effort: {hours_per_week: 8}
    volume: 100/month
    errors: [{id: sku, rate: 2%, minutes_to_fix: 30, cost: 10}, {what: Lost, rate: 1/month, cost: 50}]
    needs: {latency: daily, direction: two-way, fields: {phone: erp}}
  - {id: phone, from: shop, to: erp, after: [orders], overlaps: {orders: 1}, effort: {hours_per_week: 1}}
`

func set(key, value string) audit.Setting { return audit.Setting{Key: key, Value: value} }

func TestWith(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow)
	// 8 h a week for 46 weeks at 20 are 7,360; 24 errors a year of 10 + half an
	// hour at 20 are 480, and 12 of 50 are 600.
	for _, c := range []struct {
		what           string
		set            []audit.Setting
		labour, errors float64
	}{
		{"nothing", nil, 7360, 1080},
		{"the general cost, which the role does not have", []audit.Setting{set("hourly_cost", "99")}, 7360, 1080},
		{"an assumption", []audit.Setting{set("weeks_per_year", "50")}, 8000, 1080},
		{"an assumption by its whole name", []audit.Setting{set("assumptions.weeks_per_year", "50")}, 8000, 1080},
		{"a role", []audit.Setting{set("roles.admin.hourly_cost", "30")}, 11040, 1200},
		{"hours", []audit.Setting{set("flows.orders.effort.hours_per_week", "4")}, 3680, 1080},
		{"three hours", []audit.Setting{set("flows.orders.effort.hours_per_week", "[2, 4, 6]")}, 3680, 1080},
		{"hours a month in place of those a week", []audit.Setting{set("flows.orders.effort.hours_per_month", "10")}, 2400, 1080},
		{"the effort whole", []audit.Setting{set("flows.orders.effort", "{runs: 10/week, minutes: 6}")}, 920, 1080},
		{"runs and then minutes", []audit.Setting{set("flows.orders.effort.runs", "10/week"), set("flows.orders.effort.minutes", "6")}, 920, 1080},
		{"a volume", []audit.Setting{set("flows.orders.volume", "200/month")}, 7360, 1560},
		{"a rate", []audit.Setting{set("flows.orders.errors.sku.rate", "4%")}, 7360, 1560},
		{"the cost of a point without an id", []audit.Setting{set("flows.orders.errors.Lost.cost", "0")}, 7360, 480},
		{"no errors", []audit.Setting{set("flows.orders.errors", "[]")}, 7360, 0},
		{"other errors", []audit.Setting{set("flows.orders.errors", "[{what: New, rate: 1/month, cost: 10}]")}, 7360, 120},
		{"a peak: 1.25 of all", []audit.Setting{set("flows.orders.peak", "{factor: 2.5, months: [11, 12]}")}, 9200, 1350},
		{"the last of two", []audit.Setting{set("roles.admin.hourly_cost", "99"), set("roles.admin.hourly_cost", "30")}, 11040, 1200},
	} {
		changed, err := w.With(c.set...)
		if err != nil {
			t.Errorf("%s: %v", c.what, err)
			continue
		}
		cost := changed.Cost(flow(t, changed, "orders"))
		if !near(cost.LabourPerYear, c.labour) || !near(cost.ErrorCostPerYear, c.errors) {
			t.Errorf("%s: labour %v and errors %v, want %v and %v", c.what, cost.LabourPerYear, cost.ErrorCostPerYear, c.labour, c.errors)
		}
	}
	if !reflect.DeepEqual(w, parse(t, "flowmap.yaml", oneFlow)) {
		t.Error("the workspace itself has changed")
	}
}

func TestWithEntriesOfMappings(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow)
	changed, err := w.With(set("exchange_rates.GBP", "1.15"), set("exchange_rates.USD", "0.80"), set("flows.orders.needs.fields.phone", "shop"),
		set("systems.erp.interfaces", "[api]"), set("entities.order.record", "shop"))
	if err != nil {
		t.Fatal(err)
	}
	dollar, _ := changed.ExchangeRate("USD")
	pound, _ := changed.ExchangeRate("GBP")
	f, erp, order := flow(t, changed, "orders"), changed.Systems[1], changed.Entities[0]
	if dollar != .80 || pound != 1.15 || len(changed.Assumptions.ExchangeRates) != 2 {
		t.Errorf("rates %v", changed.Assumptions.ExchangeRates)
	}
	if f.Needs.Fields[0].Owner != "shop" || len(f.Needs.Fields) != 1 || len(erp.Interfaces) != 1 || order.Record != "shop" {
		t.Errorf("fields %v, interfaces %v, record %v", f.Needs.Fields, erp.Interfaces, order.Record)
	}
	if _, err := w.With(set("exchange_rates", "{USD: 0.80}")); err != nil {
		t.Error(err)
	}
	if !reflect.DeepEqual(w, parse(t, "flowmap.yaml", oneFlow)) {
		t.Error("the workspace itself has changed")
	}
}

func TestWithRemembersWhereAValueCameFrom(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow)
	changed, err := w.With(set("flows.orders.effort.hours_per_week", "4"))
	if err != nil {
		t.Fatal(err)
	}
	f := flow(t, changed, "orders")
	if at := f.Efforts[0].HoursPerWeek.Place.String(); at != "--set" {
		t.Errorf("the hours stand at %q, want --set", at)
	}
	if len(f.Evidence) != 1 || f.Evidence[0].HoursPerWeek.Likely != 8 {
		t.Errorf("evidence %v, want the 8 hours", f.Evidence)
	}
}

// Whoever finds fault with a field later names what set it, not the file.
func TestPlaceOfWhatWasSet(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow+"assumptions: {hourly_cost: 20}\n")
	solution := audit.Setting{Key: "flows.orders.solution", Value: "{platform: zapier}", Place: audit.Place{File: "--set solution"}}
	changed, err := w.With(set("hourly_cost", "25"), set("roles.admin.hourly_cost", "25"), set("flows.orders.needs.fields.phone", "shop"), set("flows.orders.volume", "5/day"), solution)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ kind, id, field, before, after string }{
		{"workspace", "", "assumptions.hourly_cost", "flowmap.yaml:17:28", "--set"},
		{"role", "admin", "hourly_cost", "flowmap.yaml:4:34", "--set"},
		{"role", "admin", "headcount", "flowmap.yaml:4:49", "flowmap.yaml:4:49"},
		{"flow", "orders", "volume", "flowmap.yaml:13:13", "--set"},
		{"flow", "orders", "volume.records", "flowmap.yaml:13:13", "--set"},
		{"flow", "orders", "needs.fields.phone", "flowmap.yaml:7:9", "--set"},
		{"flow", "orders", "needs.latency", "flowmap.yaml:15:22", "flowmap.yaml:15:22"},
		{"flow", "orders", "solution.platform", "flowmap.yaml:7:9", "--set solution"},
		{"flow", "phone", "effort", "flowmap.yaml:16:86", "flowmap.yaml:16:86"},
	} {
		if got := w.Place(c.kind, c.id, c.field).String(); got != c.before {
			t.Errorf("%s %s %s stands at %s, want %s", c.kind, c.id, c.field, got, c.before)
		}
		if got := changed.Place(c.kind, c.id, c.field).String(); got != c.after {
			t.Errorf("%s %s %s was set at %s, want %s", c.kind, c.id, c.field, got, c.after)
		}
	}
}

func TestWithRefuses(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow)
	for _, c := range []struct{ key, value, want string }{
		{"hourly_cost", "", "--set: hourly_cost has no value\n  hint: write hourly_cost=VALUE\n"},
		{"hourly_cost", "~", "--set: hourly_cost has no value\n  hint: write hourly_cost=VALUE\n"},
		{"hourly_cost", "2,5", "--set: hourly_cost is \"2,5\", which has a comma\n  hint: write 2.5\n"},
		{"hourly_cost", "[2,5, 8]", "--set: hourly_cost has commas with a space after some only, which may be decimal commas\n  hint: write decimals with a point: [3000, 4500, 8000]\n"},
		{"weeks_per_year", "0", "--set: weeks_per_year is \"0\", which is too little\n  hint: write more than 0\n"},
		{"hourly_cots", "25", "--set: unknown key \"hourly_cots\"\n  hint: did you mean \"hourly_cost\"? keys here: hourly_cost, developer_hourly_cost, weeks_per_year, days_per_week, hours_per_person, horizon_months, discount_rate, automation_rate, automation_rate_unstructured, error_reduction, cash_share, maintenance, ramp_up_months, target_payback_months, exchange_rates\n"},
		{"roles.admni.hourly_cost", "25", "--set: unknown role \"admni\" in roles.admni.hourly_cost\n  hint: did you mean \"admin\"? roles here: admin\n"},
		{"flows.orders.errors.skU.rate", "2%", "--set: unknown error point \"skU\" in flows.orders.errors.skU.rate\n  hint: did you mean \"sku\"? error points here: sku, Lost\n"},
		{"flows.orders.to", "shop", "--set: flow \"orders\": goes from \"shop\" to itself\n  hint: declare its two parts as systems\n"},
		{"flows.orders.after", "[phone]", "--set: flow \"orders\": after goes round in a ring: orders after phone after orders\n  hint: take one of them out\n"},
		{"flows.orders.how", "automated", "--set: flow \"orders\": is automated and takes hours\n  hint: an automated flow costs no hours: write how: manual, or take the hours out\n"},
		{"flows.orders.id", "other", "--set: an id cannot be set\n  hint: name another field\n"},
	} {
		_, err := w.With(set(c.key, c.value))
		if got := told(err); got != c.want {
			t.Errorf("%s=%s:\n%swant\n%s", c.key, c.value, got, c.want)
		}
	}
	if !reflect.DeepEqual(w, parse(t, "flowmap.yaml", oneFlow)) {
		t.Error("a refused setting has changed the workspace itself")
	}
}

// Ana counted, Jose did not say: what Jose says of other fields changes no
// basis, neither in the new workspace nor in the old.
func TestWithLeavesTheBasisOfWhatItDoesNotSet(t *testing.T) {
	w := said(t, "", "Jose", ends("errors: [{id: sku, cost: 5}], effort: {hours_per_week: 1, basis: measured}"), "Ana", ends("errors: [{id: sku, rate: 2%, basis: counted}]"))
	changed, err := w.With(set("flows.orders.volume", "5/day"), set("flows.orders.errors.sku.cost", "7"))
	if err != nil {
		t.Fatal(err)
	}
	before, after := flow(t, w, "orders"), flow(t, changed, "orders")
	if before.Errors[0].Rate.Basis != audit.Counted || after.Errors[0].Rates[0].Basis != audit.Counted || after.Efforts[0].HoursPerWeek.Basis != audit.Measured {
		t.Errorf("before %v, after %v and %v", before.Errors[0].Rate.Basis, after.Errors[0].Rates[0].Basis, after.Efforts[0].HoursPerWeek.Basis)
	}
	if before.Errors[0].Cost.Likely != 5 || after.Errors[0].Costs.Mean() != 7 {
		t.Errorf("costs %v and %v", before.Errors[0].Cost, after.Errors[0].Costs)
	}
}

func TestWithout(t *testing.T) {
	w := parse(t, "flowmap.yaml", oneFlow,
		"interviews/a.yaml", "interview: {date: 2026-11-02, with: Maria}\nflows: [{id: extra, from: shop, to: crm, every: daily}]\n",
		"interviews/b.yaml", "interview: {date: 2026-11-03, with: Jose}\nflows: [{id: extra, every: weekly}]\n")
	left := w.Without("orders", "extra")
	if len(left.Flows) != 1 || len(left.Flows[0].After) != 0 || len(left.Flows[0].Overlaps) != 0 || len(left.Findings) != 0 {
		t.Errorf("left: %+v, findings %v", left.Flows, left.Findings)
	}
	if _, ok := left.Flow("orders"); ok {
		t.Error("the flow left out is found")
	}
	if len(w.Flows) != 3 || len(flow(t, w, "phone").After) != 1 || len(w.Findings) != 1 {
		t.Error("the workspace itself has changed")
	}
}

func TestApply(t *testing.T) {
	w := load(t, "testdata/example")
	changed, err := w.Apply(w.Scenarios[0])
	if err != nil {
		t.Fatal(err)
	}
	f, admin := flow(t, changed, "web-orders"), changed.Roles[0]
	if changed.Assumptions.HourlyCost.Mean() != 24 || admin.HourlyCost.Mean() != 22 || f.AutomationRate.Mean() != .95 || len(changed.Flows) != 2 {
		t.Errorf("hourly %v, admin %v, rate %v, %d flows", changed.Assumptions.HourlyCost, admin.HourlyCost, f.AutomationRate, len(changed.Flows))
	}
	if at := f.AutomationRate.Place; at.File != "scenarios/with-erp-change.yaml" || at.Line != 3 {
		t.Errorf("the rate stands at %s", at)
	}
}
