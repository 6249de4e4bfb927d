package portfolio

import "github.com/flowmap-dev/flowmap/pkg/audit"

// usual is what a project of a few integrations comes to at companies that
// flowmap is made for; the source is the method: €3,000 to 12,000 to build, €0
// to 500 a month, recovered in 3 to 8 months.
var usual = []struct {
	key       string
	low, high float64 // in euros, or months
	kind      audit.ArgKind
}{
	{"unusual.build", 3000, 12_000, audit.ArgMoney},
	{"unusual.monthly", 0, 500, audit.ArgMoney},
	{"unusual.payback", 3, 8, audit.ArgMonths},
}

// Unusual is finding FM019, once for each figure of a plan that is outside of
// what is usual: a reason to ask what is different here, and no fault. Money is
// compared in the workspace's currency; where it is not the euro, and the
// workspace knows no rate, it is not compared.
func (c Choice) Unusual(w audit.Workspace) []audit.Finding {
	if len(c.Flows) == 0 {
		return nil
	}
	rate, rated := w.ExchangeRate("EUR")
	figures := []float64{c.Build, c.FeesPerMonth + c.MaintenancePerMonth, c.Payback.Value}
	var all []audit.Finding
	for i, u := range usual {
		low, high, x := u.low, u.high, figures[i]
		if u.kind == audit.ArgMoney {
			if low, high = low*rate, high*rate; !rated {
				continue
			}
		} else if !c.Payback.OK {
			continue
		}
		if x >= low && x <= high {
			continue
		}
		all = append(all, audit.Finding{ID: "FM019", Kind: "unusual", Severity: audit.SeverityInfo, Flows: c.IDs(), Args: []audit.Arg{
			{Name: "what", Kind: audit.ArgKey, Text: u.key}, {Name: "value", Kind: u.kind, Number: x},
			{Name: "low", Kind: u.kind, Number: low}, {Name: "high", Kind: u.kind, Number: high}}})
	}
	return all
}
