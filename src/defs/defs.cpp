#include "defs/defs.h"
#include "diag/session.h"
