package advise

import (
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/catalogue"
)

// link is the connector that the two products of the flow bring themselves, and
// false where nobody has looked.
func (n *needs) link() (catalogue.Link, bool) {
	for _, pair := range [][2]catalogue.Product{{n.source, n.target}, {n.target, n.source}} {
		for _, l := range pair[0].Links {
			if pair[1].ID != "" && l.Product == pair[1].ID {
				return l, true
			}
		}
	}
	return catalogue.Link{}, false
}

// connector judges what the two products bring themselves. It comes before any
// platform where it is known to exist; where nobody has looked, that is the
// first question, and it is never chosen on hope.
func (n *needs) connector(p *catalogue.Platform, c *Candidate) {
	c.Unit = p.Unit
	n.refused(p, c)
	n.ends(c)
	l, known := n.link()
	ends := []audit.Arg{{Name: "Systems", Kind: audit.ArgSystem, IDs: []string{n.from.ID, n.to.ID}}}
	switch {
	case !program(n.from) || !program(n.to):
		c.against(n.by("k12", Reason{ID: "no-two-programs"}), Unsuitable)
	case !known:
		c.against(n.by("k12", Reason{ID: "link-unknown", Ask: true, Args: ends}), Exception)
	case !l.Holds:
		c.against(n.by("k12", Reason{ID: "no-link", Args: ends, Source: l.Source}), Unsuitable)
	default:
		c.favour(n.by("k12", Reason{ID: "link", Args: ends, Source: l.Source}))
		c.Quoted = Quoted{l.Price, l.Currency, l.Source, l.Seen}
	}
	n.sold(l, c)
	n.build(c)
}

// sold takes the fee that the client has settled, else the connector's.
func (n *needs) sold(l catalogue.Link, c *Candidate) {
	switch fee := n.f.Solution.PlatformMonthly; {
	case c.Decided && fee.Stated():
		c.Fee, c.Priced = fee, true
	case !l.Holds:
	case !l.Price.Stated:
		c.against(Reason{ID: "price-on-request", Ask: true}, Exception)
	default:
		if amount, ok := n.convert(l.Price.Value, l.Currency, c); ok {
			c.Fee, c.Priced = audit.One(amount, audit.Money, audit.Constant), true
		}
	}
}

// program tells whether a system is one that a vendor could sell a connector
// for.
func program(s audit.System) bool {
	return !s.Kind.Outside() && s.Kind != audit.Paper && s.Kind != audit.Spreadsheet || s.Product != "" && !s.Kind.Unstructured()
}

// process judges another way of working in place of an integration. It is
// advice, not a price: only a client who has decided for it gets it in the
// figures.
func (n *needs) process(p *catalogue.Platform, c *Candidate) {
	c.Unit = p.Unit
	q := question{needs: n, p: p, c: c}
	n.refused(p, c)
	n.build(c)
	if c.Decided {
		c.Fee, c.Priced = n.f.Solution.PlatformMonthly.Or(audit.One(0, audit.Money, audit.Constant)), true
	}
	reasons := len(c.Reasons)
	if q.fires("k16") {
		c.favour(n.by("k16", Reason{ID: "let-them-enter-it"}))
	}
	if q.fires("k13") {
		c.favour(n.by("k13", Reason{ID: "cheaper-by-hand", Args: []audit.Arg{money("Today", n.today/12), money("Monthly", n.best.Monthly())}}))
	} else if q.fires("k15") {
		c.favour(n.by("k15", Reason{ID: "does-not-pay", Args: []audit.Arg{money("Removed", n.removed()), money("Cost", n.best.Total)}}))
	}
	if q.fires("k17") {
		c.favour(n.by("k17", Reason{ID: "belongs-elsewhere", Args: []audit.Arg{text("Finding", n.faults[n.f.ID][0])}}))
	}
	switch {
	case len(c.Reasons) == reasons:
		c.against(Reason{ID: "work-is-needed"}, Exception)
	case !q.fires("k13") && !q.fires("k16") && c.Fit == Recommended:
		c.Fit = Reasonable // an integration would carry the data too
	}
}

// Avoid tells whether a flow had better not be integrated on its own: another way
// of working is advised. On a platform that other flows pay for it may still be
// worth it.
func Avoid(candidates []Candidate) bool {
	return slices.ContainsFunc(candidates, func(c Candidate) bool {
		return c.Kind == catalogue.Process && slices.ContainsFunc(c.Reasons, func(r Reason) bool {
			return r.For && r.Rule != "k17"
		})
	})
}

func money(name string, x float64) audit.Arg {
	return audit.Arg{Name: name, Kind: audit.ArgMoney, Number: x}
}
