package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/catalogue"
	"github.com/flowmap-dev/flowmap/pkg/lang"
	"github.com/spf13/cobra"
)

func (w *world) catalogueCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "catalogue [PLATFORM]",
		Short: "Platforms, prices and limits, with their sources",
		Long: `Platforms, prices and limits, with their sources. In a workspace, or with -w,
its own catalogue.yaml is laid over the facts that come with flowmap.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			facts, err := w.catalogueHere(c)
			if err != nil {
				return err
			}
			p, err := lang.New("en")
			if err != nil {
				return err
			}
			if len(args) == 0 {
				return w.listPlatforms(facts, p)
			}
			platform, ok := facts.Platform(args[0])
			if !ok {
				return unknownPlatform(args[0], facts)
			}
			w.describe(facts, platform, p)
			return nil
		},
	}
}

// catalogueHere is the catalogue of the workspace that is named or that one
// stands in, else the one that comes with flowmap.
func (w *world) catalogueHere(c *cobra.Command) (catalogue.Catalogue, error) {
	dir, err := find(c, nil)
	if err != nil {
		return catalogue.Load()
	}
	ws, err := w.load(c.Context(), dir)
	if err != nil {
		return catalogue.Catalogue{}, err
	}
	facts, err := facts(ws)
	if err != nil {
		return facts, w.problemsIn(dir, err)
	}
	return facts, nil
}

func unknownPlatform(id string, facts catalogue.Catalogue) error {
	var ids []string
	for _, p := range facts.Platforms {
		ids = append(ids, p.ID)
	}
	return &usageError{fmt.Sprintf("there is no platform %q in the catalogue", id), "platforms: " + strings.Join(ids, ", ")}
}

func (w *world) listPlatforms(facts catalogue.Catalogue, p lang.Printer) error {
	t := table{heads: []string{"Platform", "Name", "Kind", "Counts", "From, a month", "Tiers"}, right: []bool{false, false, false, false, true, true}}
	for _, platform := range facts.Platforms {
		t.rows = append(t.rows, []string{platform.ID, platform.Name, p.Text("platform_kind."+string(platform.Kind), nil),
			p.Text("operation."+string(platform.Unit), nil), cheapest(platform, p), p.Number(float64(len(platform.Tiers)), 0)})
	}
	fmt.Fprint(w.out, t.text(w.width))
	_, err := fmt.Fprint(w.out, "\nPrices are list prices for one user, billed yearly where a vendor offers that. A dash is a price on request.\nflowmap catalogue PLATFORM shows tiers, limits and sources.\n")
	return err
}

// cheapest is the least fee a month that is not free, else the free one.
func cheapest(platform catalogue.Platform, p lang.Printer) string {
	text, least := "–", 0.0
	for _, t := range platform.Tiers {
		if !t.Listed() {
			continue
		}
		if price := t.Price.Value; text == "–" || least == 0 || price > 0 && price < least {
			text, least = p.Money(price, t.Currency, 0), price
		}
	}
	return text
}

func (w *world) describe(facts catalogue.Catalogue, platform catalogue.Platform, p lang.Printer) {
	fmt.Fprintf(w.out, "%s (%s) · %s · %s\n", platform.Name, platform.ID, p.Text("platform_kind."+string(platform.Kind), nil), platform.Hosting)
	if platform.Counts != "" {
		fmt.Fprint(w.out, wrap("Counts: "+platform.Counts, w.width, ""))
	}
	w.tiers(platform, p)
	w.limits(platform)
	w.sources(facts, platform)
}

func (w *world) tiers(platform catalogue.Platform, p lang.Printer) {
	fmt.Fprintln(w.out)
	t := table{heads: []string{"Tier", "Name", "A month", "Holds", "Seen", "Grade", "Source", "Remark"}, right: []bool{false, false, true, true, false, false, false, false}}
	for _, tier := range platform.Tiers {
		price, holds := "not known", "not known"
		if tier.Price.Stated {
			price = p.Money(tier.Price.Value, tier.Currency, 2)
		} else if len(tier.Range) == 2 {
			price = p.Money(tier.Range[0], tier.Currency, 0) + "–" + p.Money(tier.Range[1], tier.Currency, 0)
		}
		switch {
		case tier.Unlimited:
			holds = "any number"
		case tier.Included.Stated:
			holds = p.Number(tier.Included.Value, 0)
		}
		remark := tier.Note
		if !tier.Listed() {
			remark = strings.TrimSuffix(p.Text("quote."+string(tier.Quote), nil)+"; "+remark, "; ")
		}
		t.rows = append(t.rows, []string{tier.ID, tier.Name, price, holds, dash(tier.Seen), dash(string(tier.Confidence)), tier.Source, remark})
	}
	fmt.Fprint(w.out, t.text(w.width))
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func (w *world) limits(platform catalogue.Platform) {
	fmt.Fprintln(w.out)
	t := table{heads: []string{"Fact", "", "Grade", "Source"}, right: make([]bool, 4)}
	for _, f := range []struct {
		name string
		fact *catalogue.Fact
	}{
		{"least minutes between polls", platform.Polling}, {"called by the source", platform.Webhooks}, {"can raise an alert", platform.Alerts},
		{"tries again by itself", platform.Retries}, {"keeps its log, days", platform.LogDays}, {"reaches on-premise systems", platform.OnPremise},
		{"keeps data in the EU", platform.EU}, {"service level promised", platform.SLA}, {"upkeep, hours a month", platform.Upkeep},
	} {
		t.rows = append(t.rows, factRow(f.name, f.fact))
	}
	fmt.Fprint(w.out, t.text(w.width))
}

func factRow(name string, f *catalogue.Fact) []string {
	if f == nil {
		return []string{name, "not known: ask the vendor", "–", "–"}
	}
	says := f.Says
	if f.Value.Stated {
		says = strings.TrimSuffix(fmt.Sprintf("%g; %s", f.Value.Value, says), "; ")
	}
	if says == "" {
		says = map[bool]string{true: "yes", false: "no"}[f.Holds]
	}
	source := f.Source
	if source == "" {
		source = string(f.Origin)
	}
	return []string{name, says, dash(string(f.Confidence)), dash(source)}
}

// sources lists the publications that the platform's tiers and facts name.
func (w *world) sources(facts catalogue.Catalogue, platform catalogue.Platform) {
	fmt.Fprintln(w.out, "\nSources")
	for _, id := range cited(platform) {
		s, ok := facts.Source(id)
		if !ok {
			continue
		}
		fmt.Fprint(w.out, wrap(fmt.Sprintf("%s: %s, %s, seen %s. %s", id, s.Title, dash(s.Publisher), dash(s.Seen), s.Address), w.width, "  "))
	}
}

// cited lists the ids of the sources that a platform's tiers and facts name,
// each once, in the order in which they are shown.
func cited(p catalogue.Platform) []string {
	ids := []string{p.CountsFrom}
	for _, t := range p.Tiers {
		ids = append(ids, t.Source)
	}
	for _, f := range []*catalogue.Fact{p.Polling, p.Webhooks, p.Alerts, p.Retries, p.LogDays, p.OnPremise, p.EU, p.SLA, p.Upkeep} {
		if f != nil {
			ids = append(ids, f.Source)
		}
	}
	var once []string
	for _, id := range ids {
		if id != "" && !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	return once
}
