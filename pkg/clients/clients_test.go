package clients_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/flowmap-dev/flowmap/pkg/clients"
	"github.com/flowmap-dev/flowmap/pkg/roi"
)

func known(x float64) roi.Figure { return roi.Figure{Value: x, OK: true} }

// firm is a client with flows of so many hours each, from a shop to an ERP.
func firm(sector, currency string, employees float64, hours ...float64) clients.Client {
	c := clients.Client{Sector: sector, Currency: currency, Size: clients.SizeOf(employees), Findings: []string{"FM001"}}
	for _, h := range hours {
		c.HoursPerWeek += h
		c.Flows = append(c.Flows, clients.Flow{From: "ecommerce", To: "erp", Entity: "order", HoursPerWeek: h, Build: known(h * 1000), Payback: known(h)})
	}
	return c
}

// The quartiles of 1, 2, 3, 4 and 10 by Hyndman and Fan's type 7 are 2, 3 and 4.
func TestQuartilesByHand(t *testing.T) {
	var all []clients.Client
	for _, h := range []float64{4, 1, 10, 3, 2} {
		all = append(all, firm("wholesale", "EUR", 20, h))
	}
	together := clients.Put(all, 1)
	want := clients.Quartiles{Lower: known(2), Median: known(3), Upper: known(4)}
	i := slices.IndexFunc(together.Groups, func(g clients.Group) bool { return g.By == "size" })
	if g := together.Groups[i]; g.Name != "small" || g.Clients != 5 || g.Hours != want || g.Payback != want {
		t.Errorf("group %+v", g)
	}
	if sum := together.Totals[0]; len(together.Totals) != 1 || sum.HoursPerWeek != 20 || sum.Flows != 5 {
		t.Errorf("totals %+v", together.Totals)
	}
}

func TestMoneyOfTwoCurrenciesIsNotAdded(t *testing.T) {
	a, b := firm("wholesale", "EUR", 20, 2), firm("wholesale", "USD", 20, 3)
	a.LabourPerYear, b.LabourPerYear = 100, 1000
	together := clients.Put([]clients.Client{b, a}, 1)
	if len(together.Totals) != 2 || together.Totals[0].LabourPerYear != 100 || together.Totals[1].LabourPerYear != 1000 {
		t.Errorf("totals %+v", together.Totals)
	}
	for _, g := range together.Groups {
		if g.Clients != 1 {
			t.Errorf("group %+v holds two currencies", g)
		}
	}
}

// A payback that never comes is longer than all others: with most of them, the
// median is none.
func TestNeverIsNoNumber(t *testing.T) {
	c := firm("wholesale", "EUR", 20, 1, 2, 3)
	c.Flows[1].Payback, c.Flows[2].Payback = roi.Figure{}, roi.Figure{}
	g := clients.Put([]clients.Client{c}, 1).Groups[0]
	if g.Payback.Median.OK || g.Payback.Upper.OK {
		t.Errorf("payback %+v", g.Payback)
	}
}

// Nothing that four clients have is shown where five are asked for.
func TestSmallGroupsAreLeftOut(t *testing.T) {
	var all []clients.Client
	for range 4 {
		all = append(all, firm("clinic", "USD", 8, 1))
	}
	for range 5 {
		all = append(all, firm("wholesale", "EUR", 30, 2))
	}
	together := clients.Put(all, clients.FewestShown)
	for _, g := range together.Groups {
		if g.Clients < 5 {
			t.Errorf("group %+v is shown", g)
		}
	}
	if len(together.Totals) != 1 || together.Totals[0].Currency != "EUR" || together.Hidden == 0 {
		t.Errorf("totals %+v, %d hidden", together.Totals, together.Hidden)
	}
	if len(together.Flows) != 1 || together.Flows[0].Clients != 9 {
		t.Errorf("flows %+v", together.Flows)
	}
}

func TestTheOrderOfClientsChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []clients.Client
	for i := range 40 {
		all = append(all, firm([]string{"clinic", "wholesale", ""}[i%3], []string{"EUR", "USD"}[i%2], float64(i*8), float64(r.IntN(9)+1), 2))
	}
	want := clients.Put(all, 1)
	slices.Reverse(all)
	if got := clients.Put(all, 1); !reflect.DeepEqual(got, want) {
		t.Errorf("reversed: %+v, want %+v", got, want)
	}
}
