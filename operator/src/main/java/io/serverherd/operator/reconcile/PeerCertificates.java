package io.serverherd.operator.reconcile;
