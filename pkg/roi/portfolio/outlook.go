package portfolio

import (
	"math"
	"slices"

	"github.com/flowmap-dev/flowmap/pkg/roi"
)

// Programme is the choice as roi simulates it, all at once: its expected NPV is
// that of the choice.
func (c Choice) Programme() roi.Programme { return c.programme(nil) }

// OnCalendar is the choice as roi simulates it, by the steps of a roadmap, in
// whole months: a flow is paid for at the end of the month in which its building
// starts, and goes live at the end of the month in which it is built; a
// platform is paid from the first of its flows on. It looks as far as the
// roadmap's months do.
func (c Choice) OnCalendar(r Roadmap) roi.Programme {
	p := c.programme(r.Steps)
	p.Months = len(r.Cash)
	return p
}

func (c Choice) programme(steps []Step) roi.Programme {
	var p roi.Programme
	live := map[string]int{}
	for _, f := range c.Flows {
		pick := roi.Pick{Score: f.Score}
		if i := slices.IndexFunc(steps, func(s Step) bool { return s.Flow == f.Flow }); i >= 0 {
			pick.Spend = int(math.Floor(steps[i].Start/weeksPerMonth)) + 1
			pick.Live = int(math.Ceil(steps[i].Live / weeksPerMonth))
		}
		live[f.Flow] = pick.Live
		p.Picks = append(p.Picks, pick)
	}
	for _, x := range c.Platforms {
		fee := roi.Fee{PerMonth: x.PerMonth, From: math.MaxInt}
		for _, id := range x.Flows {
			fee.From = min(fee.From, live[id])
		}
		p.Fees = append(p.Fees, fee)
	}
	return p
}
