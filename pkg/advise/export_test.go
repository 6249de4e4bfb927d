package advise

import "github.com/flowmap-dev/flowmap/pkg/audit"

// Fires tells whether the rule applies to the flow on the platform.
func (a *Advisor) Fires(id string, f audit.Flow, platform string) bool {
	n := a.needs(f)
	all := n.candidates()
	for i := range a.c.Platforms {
		if p := &a.c.Platforms[i]; p.ID == platform {
			for j := range all {
				if all[j].Platform == platform {
					return question{needs: n, p: p, c: &all[j]}.fires(id)
				}
			}
		}
	}
	return false
}
