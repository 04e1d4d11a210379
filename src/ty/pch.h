// Precompiled for the lazy half of the compiler: the type context and what it stands on.
#pragma once
#include "base/pch.h"
#include "ty/fold.h"
#include "ty/print.h"
#include "ty/typeck_results.h"
