#pragma once

#include "embed/bundle.h"
#include "embed/question.h"
#include "writ/engine.h"

// What the opaque types of writ/engine.h are.

struct writ_policies {
    writ::embed::Bundle bundle;
};

struct writ_request {
    writ::embed::Question question;
};
