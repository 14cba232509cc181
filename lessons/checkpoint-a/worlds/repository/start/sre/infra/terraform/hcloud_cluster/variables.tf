variable "cluster_name" {
  type    = string
  default = "sre-control-plane"
}

variable "location" {
  type    = string
  default = "fsn1"
}

variable "workers" {
  description = "Worker nodes of the cluster."
  type        = number

  validation {
    condition     = var.workers >= 2
    error_message = "Two workers at least: production spreads over nodes."
  }
}

variable "worker_type" {
  type    = string
  default = "cx32"
}
