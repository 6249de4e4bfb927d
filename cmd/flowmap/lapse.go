package main

import "github.com/flowmap-dev/flowmap/pkg/graph"

// lapse lists the acceptances that no longer apply, once all findings are there.
// Of a plan they say nothing, nor of the age of prices where there is no date to
// hold it against.
func (a *analysis) lapse() {
	looked := func(id string) bool {
		return id != "FM019" && (id != "FM017" || a.workspace.Date != "")
	}
	a.lapsed = graph.Lapsed(a.findings, a.workspace.Accepted, a.workspace.Date, looked)
}
