package ui

import "github.com/maxence-charriere/go-app/v9/pkg/app"

// icon is the markup of a symbol in the page's sprite (web/icons.svg). It is
// written as it stands, so an icon is made here from constants and nowhere else.
type icon string

const (
	iconHead = `<svg class="i" aria-hidden="true"><use href="#i-`
	// iconFlip is for what points in the direction of reading.
	iconFlip = `<svg class="i flip" aria-hidden="true"><use href="#i-`
	iconTail = `"/></svg>`
)

// The icons.
const (
	iconDispute  icon = iconHead + "dispute" + iconTail
	iconSupport  icon = iconHead + "support" + iconTail
	iconContext  icon = iconHead + "context" + iconTail
	iconQuestion icon = iconFlip + "question" + iconTail
	iconCheck    icon = iconHead + "check" + iconTail
	iconDraft    icon = iconHead + "draft" + iconTail
	iconQueued   icon = iconHead + "queued" + iconTail
	iconSending  icon = iconHead + "sending" + iconTail
	iconHeld     icon = iconHead + "held" + iconTail
	iconRejected icon = iconHead + "rejected" + iconTail
	iconConflict icon = iconHead + "conflict" + iconTail
	iconTrash    icon = iconHead + "trash" + iconTail
	iconLink     icon = iconHead + "link" + iconTail
	iconClose    icon = iconHead + "close" + iconTail
	iconAlert    icon = iconHead + "alert" + iconTail
	iconInfo     icon = iconHead + "info" + iconTail
	iconOffline  icon = iconHead + "offline" + iconTail
	iconSync     icon = iconHead + "sync" + iconTail
	iconDownload icon = iconHead + "download" + iconTail
	iconClaim    icon = iconFlip + "claim" + iconTail
	iconNotes    icon = iconFlip + "notes" + iconTail
	iconSource   icon = iconHead + "source" + iconTail
	iconLost     icon = iconHead + "lost" + iconTail
	iconShield   icon = iconHead + "shield" + iconTail
	iconBrand    icon = iconHead + "brand" + iconTail
)

func (i icon) ui() app.UI { return app.Raw(string(i)) }
