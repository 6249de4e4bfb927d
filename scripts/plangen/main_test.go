package main

import (
	"reflect"
	"testing"
)

func TestSameSeedSamePlan(t *testing.T) {
	a, b := generate(50, 4, 3), generate(50, 4, 3)
	if !reflect.DeepEqual(a, b) {
		t.Error("two plans of one seed differ")
	}
	if c := generate(50, 4, 4); reflect.DeepEqual(a, c) {
		t.Error("another seed gave the same plan")
	}
	if a.Budget <= 0 || len(a.Eligible) < 50 || len(a.Tiers) != 4 || a.Tiers[0][0][0] >= a.Tiers[0][1][0] {
		t.Errorf("%d to spend, %d ways, tiers %v", a.Budget, len(a.Eligible), a.Tiers)
	}
}
