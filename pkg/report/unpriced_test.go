package report_test

import (
	"strings"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/report"
)

const pounds = `
version: 1
currency: GBP
systems: [{id: shop, interfaces: [api]}, {id: erp, interfaces: [api]}]
flows:
  - {id: orders, from: shop, to: erp, effort: {hours_per_week: 5}, volume: 500/month}
`

// Without an exchange rate no price is known: that is no reason to leave the
// flow as it is, and costs of nothing would be wrong.
func TestAPriceThatIsMissingIsNoVerdict(t *testing.T) {
	for language, want := range map[string][2]string{
		"en": {"can be priced yet", "better to leave"}, "es": {"Todavía no se puede calcular", "mejor dejarlos"},
	} {
		r := built(t, run(t, parsed(t, pounds)), language)
		text := summaryText(r)
		for _, says := range []string{want[0], "EUR", "GBP"} {
			if !strings.Contains(text, says) {
				t.Errorf("%s: the summary does not say %q:\n%s", language, says, text)
			}
		}
		if strings.Contains(text, want[1]) {
			t.Errorf("%s: the summary advises against what nobody has priced:\n%s", language, text)
		}
	}
}

func TestWithoutAnyPriceCostsAreNotKnown(t *testing.T) {
	r := built(t, run(t, parsed(t, pounds)), "en")
	for _, key := range []string{"benefit", "payback", "build", "monthly", "cash_payback"} {
		if c := figure(t, r, key); c.Kind != report.Unknown {
			t.Errorf("figure %s is %v, want not known", key, c)
		}
	}
	for _, column := range []string{"build", "monthly"} {
		if c := at(t, table(t, r, "ranking"), report.TotalKey, column); c.Kind != report.Unknown {
			t.Errorf("%s of all is %v, want not known", column, c)
		}
	}
	for _, group := range []string{"few", "target", "paying"} {
		for _, column := range []string{"benefit", "build", "monthly", "payback", "cash_payback"} {
			if c := at(t, table(t, r, "projects"), group, column); c.Kind != report.Unknown {
				t.Errorf("%s of the group %s is %v, want not known", column, group, c)
			}
		}
	}
	// 5 hours of 46 weeks are known all the same.
	if c := at(t, table(t, r, "calculation"), "orders", "hours_year"); !near(c, 230) {
		t.Errorf("hours a year are %v, want 230", c)
	}
}

// What is priced and pays back never is better left; what is not is not meant.
func TestTheVerdictDoesNotSpeakOfFlowsWithoutAPrice(t *testing.T) {
	r := built(t, run(t, parsed(t, pounds+`
  - {id: dear, from: erp, to: shop, effort: {hours_per_week: 1}, solution: {platform: make, build_cost: 90000, platform_monthly: 500}}
`)), "en")
	text := summaryText(r)
	for _, says := range []string{"better to leave them", "one flow without a price yet"} {
		if !strings.Contains(text, says) {
			t.Errorf("the summary does not say %q:\n%s", says, text)
		}
	}
	if c := at(t, table(t, r, "projects"), "few", "build"); c.Kind != report.Unknown {
		t.Errorf("the flow of 5 hours costs %v to build, want not known", c)
	}
}
