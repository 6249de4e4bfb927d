// Package audit holds the workspace: what a company copies by hand between its
// systems, as its people said it. It loads the YAML files that a consultant
// keeps, reports every problem in them at its place, settles what several
// interviews say about one thing, and works out what each flow costs today.
//
// The format is version 1. A value that is not stated is not zero: every
// amount knows whether somebody gave it, how it is known, and where it stands.
// Money is in the workspace's currency without VAT, time is in hours.
package audit
